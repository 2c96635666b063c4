// Threads that begin at once.
#define _GNU_SOURCE 1
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

#include "CSystem.h"

struct start {
  void *(*body)(void *);
  void *argument;
  cpu_set_t processors;
};

static void *run(void *argument) {
  struct start start = *(struct start *)argument;
  free(argument);
  sched_setaffinity(0, sizeof start.processors, &start.processors);
  return start.body(start.argument);
}

bool cs_start_thread(void *(*body)(void *), void *argument) {
  struct start *start = malloc(sizeof *start);
  if (start == NULL) return false;
  start->body = body;
  start->argument = argument;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  CPU_ZERO(&start->processors);
  sched_getaffinity(0, sizeof start->processors, &start->processors);
  cpu_set_t others = start->processors;
  int here = sched_getcpu();
  if (here >= 0 && here < CPU_SETSIZE) CPU_CLR(here, &others);
  if (CPU_COUNT(&others) > 0) pthread_attr_setaffinity_np(&attributes, sizeof others, &others);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  pthread_t thread;
  bool is_started = pthread_create(&thread, &attributes, run, start) == 0;
  if (!is_started) {
    // Where a sandbox forbids to choose a processor.
    pthread_attr_setaffinity_np(&attributes, 0, &others);
    is_started = pthread_create(&thread, &attributes, run, start) == 0;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  if (!is_started) free(start);
  return is_started;
}
