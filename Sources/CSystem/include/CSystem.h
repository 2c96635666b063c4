// What Swift cannot ask the system's C library for.
#pragma once

// Lays what malloc's heap grows by next into one page of 2 MB (Linux: transparent huge pages), where
// the system has such, and has it grow by as much at a time from then on: a board asks for 500 small
// pages within milliseconds, and each is fetched by a fault of its own. Once, before any thread
// starts; never an error.
void cs_use_large_page(void);
