/* SPDX-License-Identifier: Apache-2.0 */
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast that Swift cannot import: these bind bytes that SQLite copies. */

static inline int scs_sqlite3_bind_text(sqlite3_stmt *statement, int index, const char *bytes, int count) {
    return sqlite3_bind_text(statement, index, count == 0 ? "" : bytes, count, SQLITE_TRANSIENT);
}

static inline int scs_sqlite3_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int count) {
    return count == 0 ? sqlite3_bind_zeroblob(statement, index, 0)
                      : sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}
