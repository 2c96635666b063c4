#define _GNU_SOURCE 1
#include "Guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "CNcurses.h"

// Everything a handler reads is here, written before `armed` is set.
static volatile sig_atomic_t armed;
static int tty = -1;
static struct termios before_open;
static char restore_text[512];
static size_t restore_length;
static int wake_pipe[2] = {-1, -1};
static unsigned pending;   // handlers run on any thread: atomic operations only
static volatile sig_atomic_t end_requests;

// All whose default is to end the process, but for those that are told, ignored or SIGKILL.
static const int fatal[] = {
  SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS, SIGQUIT, SIGXCPU, SIGALRM,
  SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGIO, SIGPWR, SIGSTKFLT,
};
enum { fatal_count = sizeof fatal / sizeof fatal[0] };
static struct sigaction fatal_before[fatal_count];

static const int told[] = {SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGCONT};
enum { told_count = sizeof told / sizeof told[0] };
static struct sigaction told_before[told_count];

// Only async-signal-safe calls from here on (POSIX signal-safety).
static void restore_now(void) {
  if (!armed) return;
  armed = 0;
  sigset_t block, old;
  sigemptyset(&block);
  sigaddset(&block, SIGTTOU);   // In the background tcsetattr would stop us.
  sigprocmask(SIG_BLOCK, &block, &old);
  const char *text = restore_text;
  size_t left = restore_length;
  while (left > 0) {
    ssize_t sent = write(tty, text, left);
    if (sent <= 0) break;
    text += sent;
    left -= (size_t)sent;
  }
  tcsetattr(tty, TCSANOW, &before_open);
  sigprocmask(SIG_SETMASK, &old, NULL);
}

static void on_fatal(int signal_number) {
  int saved = errno;
  restore_now();
  // The handler before us decides how the process ends; it runs when this one returns.
  for (int i = 0; i < fatal_count; i++) {
    if (fatal[i] == signal_number) sigaction(signal_number, &fatal_before[i], NULL);
  }
  if (signal_number >= SIGRTMIN) signal(signal_number, SIG_DFL);
  raise(signal_number);
  errno = saved;
}

static void wake(void) {
  char byte = 0;
  ssize_t ignored = write(wake_pipe[1], &byte, 1);
  (void)ignored;
}

static void note(unsigned what) { __atomic_fetch_or(&pending, what, __ATOMIC_SEQ_CST); }

static void on_told(int signal_number) {
  int saved = errno;
  switch (signal_number) {
    case SIGWINCH: note(CN_SIGNAL_RESIZE); break;
    case SIGHUP: note(CN_SIGNAL_HANGUP); break;
    case SIGTSTP: note(CN_SIGNAL_STOP); break;
    case SIGCONT: note(CN_SIGNAL_CONTINUE); break;
    default:
      note(CN_SIGNAL_END);
      // Asked a third time without an answer: the loop hangs, so end here.
      if (++end_requests >= 3) {
        restore_now();
        signal(signal_number, SIG_DFL);
        raise(signal_number);
      }
  }
  wake();
  errno = saved;
}
// End of what runs in handlers.

void cn_keep_private(void) {
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  // Also where the system hands a crash to a program of its own, which no limit stops.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  for (int i = 0; i < fatal_count; i++) {
    struct sigaction now;
    if (sigaction(fatal[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN) {
      signal(fatal[i], SIG_DFL);
    }
  }
}

static void catch(int signal_number, void (*handler)(int), int flags, struct sigaction *old) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigfillset(&action.sa_mask);
  sigaction(signal_number, &action, old);
}

void cn_guard_arm(int descriptor, const struct termios *before, const char *const *sequences,
                  int count) {
  tty = descriptor;
  before_open = *before;
  restore_length = 0;
  for (int i = 0; i < count; i++) {
    const char *text = sequences[i];
    if (text == NULL) continue;
    // Padding ($<5>) is for terminals of another age; it must not be written as text.
    for (const char *c = text; *c != 0 && restore_length < sizeof restore_text - 1; c++) {
      if (c[0] == '$' && c[1] == '<') {
        while (*c != 0 && *c != '>') c++;
        if (*c == 0) break;
        continue;
      }
      restore_text[restore_length++] = *c;
    }
  }
  if (wake_pipe[0] < 0 && pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
    wake_pipe[0] = wake_pipe[1] = -1;
  }
  static char *stack;
  if (stack == NULL) stack = malloc(65536);
  if (stack != NULL) {
    stack_t alternate = {.ss_sp = stack, .ss_size = 65536, .ss_flags = 0};
    sigaltstack(&alternate, NULL);   // A full stack is a crash too.
  }
  pending = 0;
  end_requests = 0;
  armed = 1;
  for (int i = 0; i < fatal_count; i++) {
    catch(fatal[i], on_fatal, SA_ONSTACK, &fatal_before[i]);
  }
  // Real-time signals end the process too; nothing of ours uses them.
  for (int i = SIGRTMIN; i <= SIGRTMAX; i++) catch(i, on_fatal, SA_ONSTACK, NULL);
  // A parent may have left them blocked; nothing would resize or end us then.
  sigset_t ours;
  sigemptyset(&ours);
  for (int i = 0; i < told_count; i++) sigaddset(&ours, told[i]);
  for (int i = 0; i < fatal_count; i++) sigaddset(&ours, fatal[i]);
  pthread_sigmask(SIG_UNBLOCK, &ours, NULL);
  for (int i = 0; i < told_count; i++) {
    struct sigaction now;
    sigaction(told[i], NULL, &now);
    told_before[i] = now;
    // Where a hangup is ignored (nohup), it stays ignored: the read end tells.
    if (told[i] == SIGHUP && now.sa_handler == SIG_IGN) continue;
    catch(told[i], on_told, SA_RESTART, NULL);
  }
}

void cn_guard_disarm(void) {
  armed = 0;
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &fatal_before[i], NULL);
  for (int i = SIGRTMIN; i <= SIGRTMAX; i++) signal(i, SIG_DFL);
  // A signal while the program says goodbye ends it in the ordinary way.
  for (int i = 0; i < told_count; i++) {
    if (told[i] == SIGHUP && told_before[i].sa_handler == SIG_IGN) continue;
    signal(told[i], SIG_DFL);
  }
}

unsigned cn_take_signals(unsigned which) {
  char bytes[64];
  while (wake_pipe[0] >= 0 && read(wake_pipe[0], bytes, sizeof bytes) > 0) {}
  unsigned taken = __atomic_fetch_and(&pending, ~which, __ATOMIC_SEQ_CST) & which;
  if (__atomic_load_n(&pending, __ATOMIC_SEQ_CST) != 0) wake();
  return taken;
}

void cn_stop(void) {
  catch(SIGTSTP, SIG_DFL, 0, NULL);
  kill(0, SIGTSTP);   // The whole group, or a shell script around us would wait for ever.
  // Another thread may have taken the signal; it stops us all within this time.
  struct timespec moment = {0, 20 * 1000 * 1000};
  nanosleep(&moment, NULL);
  catch(SIGTSTP, on_told, SA_RESTART, NULL);
}

int cn_wait(int extra, int milliseconds) {
  struct pollfd watched[3] = {
    {.fd = STDIN_FILENO, .events = POLLIN},
    {.fd = wake_pipe[0], .events = POLLIN},
    {.fd = extra, .events = POLLIN},
  };
  int count = poll(watched, 3, milliseconds);
  if (count < 0) return errno == EINTR ? CN_WOKEN_SIGNAL : CN_WOKEN_HANGUP;
  int woken = 0;
  if (watched[0].revents & POLLIN) woken |= CN_WOKEN_INPUT;
  if (watched[0].revents & (POLLHUP | POLLERR | POLLNVAL)) woken |= CN_WOKEN_HANGUP;
  if (watched[1].revents & POLLIN) woken |= CN_WOKEN_SIGNAL;
  if (watched[2].revents != 0) woken |= CN_WOKEN_EXTRA;
  return woken;
}

long cn_read(uint8_t *bytes, long count) {
  int there = 0;
  if (ioctl(STDIN_FILENO, FIONREAD, &there) == 0 && there == 0) {
    struct pollfd watched = {.fd = STDIN_FILENO, .events = POLLIN};
    if (poll(&watched, 1, 0) <= 0) return 0;
  }
  ssize_t got = read(STDIN_FILENO, bytes, (size_t)count);
  if (got > 0) return got;
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
  return -1;   // End of file or EIO: the terminal is gone.
}

static int64_t milliseconds_of(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t cn_milliseconds(void) { return milliseconds_of(CLOCK_MONOTONIC); }

int64_t cn_uptime(void) { return milliseconds_of(CLOCK_BOOTTIME); }
