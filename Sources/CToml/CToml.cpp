#include "CToml.h"

#include <cstdio>
#include <sstream>
#include <string>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

namespace {

void walk(const toml::node &node, const std::string &path, void *context, CTomlVisitor visit) {
    if (const toml::table *table = node.as_table()) {
        for (const auto &[key, value] : *table) { walk(value, path + std::string(key.str()) + '\x01', context, visit); }
        return;
    }
    if (const toml::array *array = node.as_array()) {
        size_t index = 0;
        for (const auto &value : *array) { walk(value, path + std::to_string(index++) + '\x01', context, visit); }
        return;
    }
    std::string text;
    int is_true = 0;
    if (const auto *string = node.as_string()) {
        text = string->get();
    } else if (const auto *boolean = node.as_boolean()) {
        is_true = boolean->get();
        text = is_true ? "true" : "false";
    } else {
        std::ostringstream stream;
        node.visit([&stream](const auto &value) {
            if constexpr (toml::is_value<decltype(value)>) { stream << value.get(); }
        });
        text = stream.str();
    }
    visit(context, path.c_str(), text.c_str(), is_true, static_cast<int>(node.source().begin.line));
}

}  // namespace

int ctoml_read(
    const char *text, unsigned long length, void *context, CTomlVisitor visit, char *reason, unsigned long room) {
    try {
        toml::table table = toml::parse(std::string_view(text, length));
        walk(table, "", context, visit);
        return 0;
    } catch (const toml::parse_error &error) {
        std::snprintf(reason, room, "%s", std::string(error.description()).c_str());
        int line = static_cast<int>(error.source().begin.line);
        return line > 0 ? line : 1;
    } catch (...) {
        std::snprintf(reason, room, "out of memory");
        return 1;
    }
}
