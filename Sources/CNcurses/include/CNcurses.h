// What Swift cannot import from ncursesw and POSIX, as plain functions with plain types.
//
// Attributes, colour pairs and the global screen are macros or variables that Swift refuses; they
// stay on this side. Nothing here decides anything: the Swift terminal does.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stdint.h>

// ---- Screen -------------------------------------------------------------------------------

// Why cn_open failed.
enum cn_opening {
  CN_OPEN_OK = 0,
  CN_OPEN_NOT_A_TERMINAL = 1,   // standard input or output is no tty
  CN_OPEN_NO_TERM = 2,          // TERM is not set
  CN_OPEN_UNKNOWN_TERM = 3,     // no terminfo entry for TERM
  CN_OPEN_NO_CURSOR = 4,        // the terminal cannot place its cursor
};

// Sets the locale, asks terminfo, enters raw mode and the alternate screen. One screen a process.
int cn_open(void);

// Leaves the alternate screen and gives the tty back as it was. Safe to call twice.
void cn_close(void);

// As cn_close, to come back with cn_resume.
void cn_suspend(void);
void cn_resume(void);

bool cn_is_utf8(void);
// Colours of the terminal, 0 where it has none.
int cn_colors(void);
int cn_columns(void);
int cn_rows(void);

// Reads the tty's size and tells ncurses. Everything must be drawn again afterwards.
void cn_resize(void);

// ---- Drawing ------------------------------------------------------------------------------

enum cn_attribute {
  CN_BOLD = 1,
  CN_DIM = 2,
  CN_REVERSE = 4,
  CN_UNDERLINE = 8,
};

// One character with its combining marks; text ends with 0 or is full.
typedef struct {
  uint32_t text[5];
  uint8_t attributes;   // cn_attribute, added up
  uint8_t width;        // columns the caller laid out
  int16_t foreground;   // colour number, or -1 for the terminal's own
} cn_cell;

// Puts cells from a place on; the C library's width decides, a cell that differs is replaced.
void cn_put(int row, int column, const cn_cell *cells, int count);
// Throws away what is believed to be on the terminal.
void cn_forget(void);
// Sends the difference. Returns false where the terminal is gone.
bool cn_show(int cursor_row, int cursor_column, bool cursor_visible);

// ---- Reading ------------------------------------------------------------------------------

enum cn_woken {
  CN_WOKEN_INPUT = 1,
  CN_WOKEN_SIGNAL = 2,
  CN_WOKEN_EXTRA = 4,
  CN_WOKEN_HANGUP = 8,
};

// Sleeps until input, a signal, activity on `extra` (-1: none) or the time is over (-1: for ever).
// Returns the sum of cn_woken; 0 when the time is over.
int cn_wait(int extra, int milliseconds);

// Reads what is there. Returns the bytes read, 0 for nothing, -1 where the terminal is gone.
long cn_read(uint8_t *bytes, long count);

// Milliseconds of a clock that never goes back.
int64_t cn_milliseconds(void);

// ---- Signals ------------------------------------------------------------------------------

enum cn_signal {
  CN_SIGNAL_RESIZE = 1,   // SIGWINCH
  CN_SIGNAL_END = 2,      // SIGTERM, SIGINT
  CN_SIGNAL_HANGUP = 4,   // SIGHUP
  CN_SIGNAL_STOP = 8,     // SIGTSTP
  CN_SIGNAL_CONTINUE = 16 // SIGCONT
};

// Which of these signals came since they were last taken, added up; others stay.
unsigned cn_take_signals(unsigned which);

// Stops this process group as Ctrl-Z in a shell does; returns when it goes on.
void cn_stop(void);

// ---- Privacy ------------------------------------------------------------------------------

// No core file of this process, no other process of the account may read its memory, and no
// crash reporter of a language runtime prints what lay in it. Once, before any thread starts.
void cn_keep_private(void);

// ---- Text ---------------------------------------------------------------------------------

// The C library's wcwidth in the locale cn_open, or cn_use_locale, has set; -1 for no width.
int cn_width(uint32_t scalar);
// Sets the locale of the environment, or the named one. Returns false where it does not exist.
bool cn_use_locale(const char *name);

#endif
