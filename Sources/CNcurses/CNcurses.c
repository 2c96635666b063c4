#define _XOPEN_SOURCE_EXTENDED 1
#define _GNU_SOURCE 1
#include "CNcurses.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "Guard.h"

static SCREEN *screen;
static FILE *terminal;   // what ncurses writes to; STDOUT_FILENO stays the terminal itself
static int gathered = -1;   // memory that gathers a frame's writes, or -1
static bool is_utf8;
static bool is_open;
static int color_count;
static short pair_of[256];   // colour number to pair, 0 if not created
static short next_pair = 1;
static int paper_text = -1, paper_background = -1;   // -1: those of the terminal

// Bracketed paste (xterm, 2004). Terminals without it ignore the sequence.
static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";
// Presses of buttons and the wheel (xterm, 1000), reported in decimal numbers (1006).
static const char mouse_on[] = "\033[?1000h\033[?1006h";
static const char modes_off[] = "\033[?1006l\033[?1000l\033[?2004l";
static bool wants_mouse;

void cn_want_mouse(bool is_wanted) { wants_mouse = is_wanted; }

static const char *leaving_modes(void) { return wants_mouse ? modes_off : paste_off; }

// A terminfo string by its short name, or NULL.
static const char *capability(const char *name) {
  const char *text = tigetstr(name);
  return text == (const char *)-1 || text == NULL || *text == 0 ? NULL : text;
}

static bool understands_ansi(void) {
  const char *move = capability("cup");
  return move != NULL && strncmp(move, "\033[", 2) == 0;
}

static bool send_bytes(const char *bytes, size_t left) {
  while (left > 0) {
    ssize_t sent = write(STDOUT_FILENO, bytes, left);
    if (sent < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes += sent;
    left -= (size_t)sent;
  }
  return true;
}

static void send_text(const char *text) { send_bytes(text, strlen(text)); }

// ncurses 6.4 flushes after every cursor move: about fifty writes a screen, each of which wakes the
// terminal emulator and is a packet over ssh. Between these two calls the writes go to memory; then
// one write sends them to the terminal.
static bool gather(void) {
  return gathered >= 0 && lseek(gathered, 0, SEEK_SET) == 0
    && dup2(gathered, fileno(terminal)) >= 0;
}

static bool send_gathered(void) {
  static char bytes[65536];
  dup2(STDOUT_FILENO, fileno(terminal));
  off_t end = lseek(gathered, 0, SEEK_CUR);
  for (off_t at = 0; at < end;) {
    size_t room = end - at < (off_t)sizeof bytes ? (size_t)(end - at) : sizeof bytes;
    ssize_t count = pread(gathered, bytes, room, at);
    if (count <= 0 || !send_bytes(bytes, (size_t)count)) return false;
    at += count;
  }
  return true;
}

static void enter_modes(void) {
  raw();
  noecho();
  nonl();
  if (understands_ansi()) send_text(paste_on);
  if (understands_ansi() && wants_mouse) send_text(mouse_on);
}

int cn_open(void) {
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return CN_OPEN_NOT_A_TERMINAL;
  cn_use_locale("");
  const char *name = getenv("TERM");
  if (name == NULL || *name == 0) return CN_OPEN_NO_TERM;
  struct termios before;
  bool has_before = tcgetattr(STDIN_FILENO, &before) == 0;
  use_env(FALSE);   // LINES and COLUMNS may be stale; ask the tty
  use_tioctl(TRUE);
  if (terminal == NULL) {
    int copy = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    terminal = copy < 0 ? NULL : fdopen(copy, "w");
    if (terminal == NULL) return CN_OPEN_NOT_A_TERMINAL;
    gathered = memfd_create("frame", MFD_CLOEXEC);
  }
  screen = newterm(name, terminal, stdin);
  if (screen == NULL) return CN_OPEN_UNKNOWN_TERM;
  if (capability("cup") == NULL || capability("clear") == NULL) {
    endwin();
    delscreen(screen);
    screen = NULL;
    return CN_OPEN_NO_CURSOR;
  }
  is_open = true;
  static bool is_registered;
  if (!is_registered) is_registered = atexit(cn_close) == 0;
  color_count = 0;
  if (has_colors() && start_color() == OK) {
    use_default_colors();
    color_count = COLORS;
  }
  memset(pair_of, 0, sizeof pair_of);
  next_pair = 1;
  enter_modes();
  leaveok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  if (has_before) {
    const char *leaving = capability("rmcup");
    const char *const sequences[] = {
      understands_ansi() ? leaving_modes() : NULL, capability("sgr0"), capability("op"),
      capability("cnorm"), leaving ? leaving : capability("clear"),
    };
    cn_guard_arm(STDOUT_FILENO, &before, sequences, sizeof sequences / sizeof sequences[0]);
  }
  return CN_OPEN_OK;
}

// Clears the screen line by line if there is no alternate screen. Terminals move a cleared screen
// into the scrollback buffer, but not a cleared line.
static void wipe_lines(void) {
  if (capability("smcup") != NULL) return;
  const char *move = capability("cup"), *erase_line = capability("el");
  if (move == NULL || erase_line == NULL) return;
  for (int row = 0; row < LINES; row++) {
    putp(tiparm(move, row, 0));
    putp(erase_line);
  }
  fflush(stdout);
}

static void leave(void) {
  // Without an alternate screen the last frame would stay readable in the window.
  if (capability("smcup") == NULL) {
    wipe_lines();
    erase();
    clearok(curscr, TRUE);
    refresh();
  }
  if (understands_ansi()) send_text(leaving_modes());
  endwin();
}

void cn_close(void) {
  if (!is_open) return;
  is_open = false;
  leave();
  cn_guard_disarm();
}

void cn_suspend(void) {
  if (!is_open) return;
  leave();
}

void cn_resume(void) {
  if (!is_open) return;
  reset_prog_mode();
  enter_modes();
  cn_resize();
}

bool cn_is_utf8(void) { return is_utf8; }
int cn_colors(void) { return color_count; }

void cn_paint(int text, int background) {
  paper_text = text;
  paper_background = background;
}

int cn_columns(void) { return COLS; }
int cn_rows(void) { return LINES; }

void cn_resize(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
    int rows = size.ws_row > 1000 ? 1000 : size.ws_row;
    int columns = size.ws_col > 1000 ? 1000 : size.ws_col;
    if (rows != LINES || columns != COLS) resizeterm(rows, columns);
  }
  cn_forget();
}

void cn_forget(void) {
  if (is_open) wipe_lines();
  clearok(curscr, TRUE);
}

static short pair_for(int color) {
  if (color < 0) color = paper_text;
  if (color < 0 || color >= color_count || color >= 256) return 0;
  if (pair_of[color] == 0) {
    if (next_pair >= COLOR_PAIRS || init_pair(next_pair, (short)color, (short)paper_background) != OK) return 0;
    pair_of[color] = next_pair++;
  }
  return pair_of[color];
}

void cn_put(int row, int column, const cn_cell *cells, int count) {
  cchar_t run[256];
  while (count > 0) {
    int filled = 0, columns = 0;
    while (filled < 256 && filled < count) {
      const cn_cell *cell = &cells[filled];
      wchar_t text[6] = {0};
      for (int i = 0; i < 5 && cell->text[i] != 0; i++) text[i] = (wchar_t)cell->text[i];
      if (cell->text[0] >= 0x80) {
        bool fits = wcwidth(text[0]) == cell->width;
        for (int i = 1; i < 5 && text[i] != 0; i++) fits = fits && wcwidth(text[i]) == 0;
        if (!fits) { text[0] = L'?'; text[1] = 0; }
      }
      attr_t attributes = A_NORMAL;
      if (cell->attributes & CN_BOLD) attributes |= A_BOLD;
      if (cell->attributes & CN_DIM) attributes |= A_DIM;
      if (cell->attributes & CN_REVERSE) attributes |= A_REVERSE;
      if (cell->attributes & CN_UNDERLINE) attributes |= A_UNDERLINE;
      short pair = pair_for(cell->foreground);
      bool is_stand_in = text[0] == L'?' && cell->width == 2;
      if (is_stand_in && filled == 255) break;
      if (setcchar(&run[filled], text, attributes, pair, NULL) != OK) {
        setcchar(&run[filled], L"?", attributes, pair, NULL);
        is_stand_in = cell->width == 2;
      }
      filled++;
      columns += cell->width;
      if (is_stand_in) {
        // The caller laid out two columns: fill the second.
        mvwadd_wchnstr(stdscr, row, column, run, filled);
        setcchar(&run[0], L"?", attributes, pair, NULL);
        mvwadd_wchnstr(stdscr, row, column + columns - 1, run, 1);
        cells += filled; count -= filled; column += columns;
        filled = 0; columns = 0;
        if (count <= 0) return;
      }
    }
    if (filled > 0) mvwadd_wchnstr(stdscr, row, column, run, filled);
    cells += filled; count -= filled; column += columns;
  }
}

bool cn_show(int cursor_row, int cursor_column, bool cursor_visible) {
  static int shown = -1;
  bool is_gathering = gather();
  if (shown != (cursor_visible ? 1 : 0)) {
    shown = cursor_visible ? 1 : 0;
    curs_set(shown);
  }
  if (cursor_row >= 0 && cursor_row < LINES && cursor_column >= 0 && cursor_column < COLS) {
    wmove(stdscr, cursor_row, cursor_column);
  }
  bool is_drawn = refresh() == OK;
  return is_gathering ? send_gathered() && is_drawn : is_drawn;
}

void cn_signal_once(bool visible) {
  if (visible) {
    flash();
  } else {
    beep();
  }
}

bool cn_use_locale(const char *name) {
  // Only LC_CTYPE: numbers keep the decimal point and messages stay English.
  bool exists = setlocale(LC_CTYPE, name) != NULL;
  is_utf8 = exists && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  return exists;
}

int cn_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
