// What Swift cannot ask the system's C library for.
#pragma once

#include <stdbool.h>

// Starts a thread that runs body(argument) and ends with it; false where the system has none to give.
// Signals stay with the threads there are.
//
// It begins on another processor than the caller's, where the caller may use another, and may then go
// where the caller may. Left alone, Linux often puts a new thread behind its maker while another
// processor has nothing to do, on a virtual machine nearly always: there an idle processor looks taken.
bool cs_start_thread(void *(*body)(void *argument), void *argument);

// Lays what malloc's heap grows by next into one page of 2 MB (Linux: transparent huge pages), where
// the system has such, and has it grow by as much at a time from then on: a board asks for 500 small
// pages within milliseconds, and each is fetched by a fault of its own. Once, before any thread
// starts; never an error.
void cs_use_large_page(void);
