// What Swift cannot import from ncursesw and POSIX, as plain functions with plain types.
//
// Attributes, colour pairs and the global screen are macros or variables that Swift cannot import.
// NcursesTerminal holds all logic.
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

// Whether the terminal is asked for clicks and the wheel; before cn_open.
void cn_want_mouse(bool is_wanted);

// Sets the locale, reads terminfo, enters raw mode and the alternate screen. Once per process.
int cn_open(void);

// Leaves the alternate screen and restores the tty. Idempotent.
void cn_close(void);

// Like cn_close; cn_resume reopens the screen.
void cn_suspend(void);
void cn_resume(void);

bool cn_is_utf8(void);
// The number of colours, 0 without colour.
int cn_colors(void);

// The background of every cell, and the text that names no colour, in place of those of the terminal. Called
// before the first cell is put.
void cn_paint(int text, int background);
int cn_columns(void);
int cn_rows(void);

// Passes the tty's size to ncurses. The whole screen must be drawn again.
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
  uint8_t width;        // columns in the caller's layout
  int16_t foreground;   // colour number, or -1 for the terminal's own
} cn_cell;

// Writes cells from a point on. A cell whose width differs from the C library's is replaced.
void cn_put(int row, int column, const cn_cell *cells, int count);
// Makes the next refresh draw the whole screen.
void cn_forget(void);
// Sends the difference. Returns false if the terminal is gone.
bool cn_show(int cursor_row, int cursor_column, bool cursor_visible);

// Rings the bell, or flashes the screen. ncurses uses the other if the terminal lacks one.
void cn_signal_once(bool visible);

// ---- Reading ------------------------------------------------------------------------------

enum cn_woken {
  CN_WOKEN_INPUT = 1,
  CN_WOKEN_SIGNAL = 2,
  CN_WOKEN_EXTRA = 4,
  CN_WOKEN_HANGUP = 8,
};

// Polls for input, a signal or a readable `extra` (-1: none), with a timeout (-1: none).
// Returns the sum of cn_woken; 0 after the timeout.
int cn_wait(int extra, int milliseconds);

// Reads without blocking. Returns the bytes read, 0 for none, -1 if the terminal is gone.
long cn_read(uint8_t *bytes, long count);

// Milliseconds of a monotonic clock.
int64_t cn_milliseconds(void);

// Milliseconds since the machine started, sleep included.
int64_t cn_uptime(void);

// ---- Signals ------------------------------------------------------------------------------

enum cn_signal {
  CN_SIGNAL_RESIZE = 1,   // SIGWINCH
  CN_SIGNAL_END = 2,      // SIGTERM, SIGINT
  CN_SIGNAL_HANGUP = 4,   // SIGHUP
  CN_SIGNAL_STOP = 8,     // SIGTSTP
  CN_SIGNAL_CONTINUE = 16 // SIGCONT
};

// The sum of these signals that arrived since the last call; the others stay pending.
unsigned cn_take_signals(unsigned which);

// Stops this process group, as Ctrl-Z does; returns when it is continued.
void cn_stop(void);

// ---- Privacy ------------------------------------------------------------------------------

// Disables core files, reads of the memory by other processes of the account, and the crash
// reporter of the Swift runtime. Called once, before any thread starts.
void cn_keep_private(void);

// ---- Text ---------------------------------------------------------------------------------

// The C library's wcwidth in the locale set by cn_open or cn_use_locale; -1 for no width.
int cn_width(uint32_t scalar);
// Sets the named locale, or that of the environment if the name is empty. Returns false if it does
// not exist.
bool cn_use_locale(const char *name);

#endif
