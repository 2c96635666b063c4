// The terminal is given back whatever happens: signals, and the handler for a crash.
#ifndef CNCURSES_GUARD_H
#define CNCURSES_GUARD_H

#include <termios.h>

// Keeps the tty's settings and the sequences that restore it (NULL where the terminal has none), and
// installs all handlers.
void cn_guard_arm(int descriptor, const struct termios *before, const char *const *sequences,
                  int count);
void cn_guard_disarm(void);

#endif
