import Glibc

/// Other programs, found on the path.
enum ChildProcess {
    /// Starts one with these descriptors as its standard input and output; nothing is /dev/null.
    static func start(_ arguments: [String], input: Int32?, output: Int32?) throws(BenchError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        connect(&actions, STDIN_FILENO, to: input, O_RDONLY)
        connect(&actions, STDOUT_FILENO, to: output, O_WRONLY)

        var words = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process = pid_t()
        let result = posix_spawnp(&process, arguments[0], &actions, nil, words, environ)
        guard result == 0 else {
            throw .failure("\(arguments[0]) cannot be run: \(String(cString: strerror(result)))")
        }
        return process
    }

    /// Its exit status, with 128 added to a signal that ended it, as a shell has it.
    static func wait(_ process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { if errno != EINTR { return 127 } }
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : 128 + signal
    }

    /// Whether a program of this name is on the path.
    static func exists(_ name: String) -> Bool {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    private static func connect(
        _ actions: inout posix_spawn_file_actions_t, _ standard: Int32, to descriptor: Int32?, _ mode: Int32
    ) {
        if let descriptor {
            posix_spawn_file_actions_adddup2(&actions, descriptor, standard)
        } else {
            posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", mode, 0)
        }
    }
}
