#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H
#include <zlib.h>
/// `inflateInit2` is a macro, which Swift does not see. Takes gzip and zlib, whichever comes.
static inline int czlib_inflate_start(z_stream *stream) { return inflateInit2(stream, 15 + 32); }
#endif
