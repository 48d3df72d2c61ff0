/* SPDX-License-Identifier: Apache-2.0 */
#include <zlib.h>

/* deflateInit2 is a macro that Swift cannot import. 15 + 16: the largest window, with gzip's header and trailer.
   https://zlib.net/manual.html#Advanced */

static inline int scs_gzip_begin(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
