// Reads TOML with toml++ and hands out its values one after another. No exception leaves it.
#ifndef CTOML_H
#define CTOML_H

#ifdef __cplusplus
extern "C" {
#endif

/// A value: the keys that lead to it, each ended by byte 1; its text; whether it is `true`; and its line from 1.
typedef void (*CTomlVisitor)(void *context, const char *path, const char *text, int is_true, int line);

/// Calls `visit` with every string, number and truth value. Returns 0, or the line of the mistake with the reason in
/// `reason`, which has room for `room` bytes.
int ctoml_read(const char *text, unsigned long length, void *context, CTomlVisitor visit, char *reason, unsigned long room);

#ifdef __cplusplus
}
#endif

#endif
