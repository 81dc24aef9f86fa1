// The first stage of simdjson: where the tokens of a JSON text begin. The rest of reading is Swift's.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct CSimdjsonIndexer CSimdjsonIndexer;

typedef enum __attribute__((enum_extensibility(closed))) CSimdjsonOutcome {
    CSimdjsonIndexed,
    /// Indexed, and some bytes are no UTF-8.
    CSimdjsonInvalidUTF8,
    /// Not indexed: a control character stands in a string.
    CSimdjsonControlCharacter,
    /// Not indexed: a string does not end. Only of a whole text.
    CSimdjsonUnclosedString,
    CSimdjsonOutOfMemory,
} CSimdjsonOutcome;

/// Null where memory is out.
CSimdjsonIndexer *csimdjson_create(void);
void csimdjson_destroy(CSimdjsonIndexer *indexer);

/// Finds the offsets of all brackets, colons, commas, and first bytes of strings, numbers and words. `offsets` is valid
/// until the next call; behind the last of `count` stands the text's length. With `is_partial` the text may end in the
/// middle of anything, and the last token may be incomplete. Reads nothing beyond `length`, which is below 4 GiB.
CSimdjsonOutcome csimdjson_index(
    CSimdjsonIndexer *indexer, const uint8_t *bytes, size_t length, int is_partial, uint32_t **offsets,
    size_t *count);

#ifdef __cplusplus
}
#endif

#endif
