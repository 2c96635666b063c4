// The SQLite library, and what of it Swift cannot import.

#include <sqlite3.h>

// Swift imports no function with a variable number of arguments.
static inline int sqlite3_db_config_flag(sqlite3 *database, int option, int value) {
  return sqlite3_db_config(database, option, value, (int *)0);
}

// Whether a setting is on: 1 or 0.
static inline int sqlite3_db_config_value(sqlite3 *database, int option) {
  int value = -1;
  sqlite3_db_config(database, option, -1, &value);
  return value;
}

// Swift imports no cast from a number to a function pointer. SQLite copies what is bound with it.
static inline sqlite3_destructor_type sqlite3_transient(void) { return SQLITE_TRANSIENT; }
