#include "CSimdjson.h"

#include <simdjson.h>

#include <memory>

using simdjson::internal::dom_parser_implementation;
using simdjson::error_code;
using simdjson::stage1_mode;

struct CSimdjsonIndexer {
    std::unique_ptr<dom_parser_implementation> parser;
};

CSimdjsonIndexer *csimdjson_create(void) {
    std::unique_ptr<CSimdjsonIndexer> indexer(new (std::nothrow) CSimdjsonIndexer);
    if (!indexer) { return nullptr; }
    // The depth is of the second stage, which is never run.
    error_code error =
        simdjson::get_active_implementation()->create_dom_parser_implementation(64, 1, indexer->parser);
    return error == simdjson::SUCCESS ? indexer.release() : nullptr;
}

void csimdjson_destroy(CSimdjsonIndexer *indexer) { delete indexer; }

/// Partial mode trims the count to whole documents, but leaves the array as it was: all offsets in rising order, then
/// the length twice.
static size_t untrimmed_count(const uint32_t *offsets, size_t trimmed) {
    size_t count = trimmed;
    while (offsets[count] != offsets[count + 1]) { count++; }
    return count;
}

/// The length without a character at the end of which only the first bytes are there.
static size_t whole_characters(const uint8_t *bytes, size_t length) {
    for (size_t back = 1; back <= 3 && back <= length; back++) {
        uint8_t byte = bytes[length - back];
        if ((byte & 0xC0) == 0x80) { continue; }
        size_t size = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return size > back ? length - back : length;
    }
    return length;
}

CSimdjsonOutcome csimdjson_index(
    CSimdjsonIndexer *indexer, const uint8_t *bytes, size_t length, int is_partial, uint32_t **offsets,
    size_t *count) {
    dom_parser_implementation &parser = *indexer->parser;
    *offsets = parser.structural_indexes.get();
    *count = 0;
    if (length == 0) { return CSimdjsonIndexed; }
    if (parser.capacity() < length && parser.set_capacity(length) != simdjson::SUCCESS) {
        return CSimdjsonOutOfMemory;
    }
    *offsets = parser.structural_indexes.get();
    // Where the first stage gives up at once it writes nothing: then these say that there is no token.
    parser.n_structural_indexes = 0;
    parser.structural_indexes[0] = parser.structural_indexes[1] = 0;
    error_code error = parser.stage1(
        bytes, length, is_partial ? stage1_mode::streaming_partial : stage1_mode::regular);
    switch (error) {
    case simdjson::SUCCESS:
    case simdjson::UTF8_ERROR:
        break;
    case simdjson::EMPTY:
    case simdjson::CAPACITY:
        // No whole document, which hides whether the bytes are UTF-8.
        if (!is_partial) { return CSimdjsonIndexed; }
        break;
    case simdjson::UNESCAPED_CHARS:
        return CSimdjsonControlCharacter;
    case simdjson::UNCLOSED_STRING:
        return CSimdjsonUnclosedString;
    default:
        return CSimdjsonOutOfMemory;
    }
    *count = is_partial ? untrimmed_count(*offsets, parser.n_structural_indexes) : parser.n_structural_indexes;
    if (error == simdjson::UTF8_ERROR) { return CSimdjsonInvalidUTF8; }
    if (error != simdjson::SUCCESS
        && !simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), whole_characters(bytes, length))) {
        return CSimdjsonInvalidUTF8;
    }
    return CSimdjsonIndexed;
}
