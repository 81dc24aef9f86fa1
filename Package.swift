// swift-tools-version: 6.2
//
// One target a room, layered as Sources/README.md draws it. A C library is a `C…` target that exactly one
// Swift module imports. Nothing is `public`: modules share through `package`.

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
    name: "spandrel",
    targets: [
        // What is spoken of, and what follows from it.
        room("TraceModel"),
        room("TraceAnalysis", ["TraceModel"]),
        room("TraceQuery", ["TraceModel"]),
        room("GraphLayout"),

        // Bytes, and where they are kept.
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
        room("TraceFormats", ["TraceModel", "CSimdjson", "CZlib", "CZstd"]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        room("TraceDatabases", ["TraceModel", "TraceFormats", "CSQLite"]),
        .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
        room("TraceArchives", ["TraceModel", "TraceFormats", "CZip"]),
        room("TraceStore", ["TraceModel"]),
        room("FileStore", ["TraceStore", "TraceModel", "TraceFormats", "TraceDatabases", "TraceArchives"]),
        room(
            "Judgements", ["FileStore", "TraceStore", "TraceDatabases", "TraceFormats", "TraceModel"]),
        room("Exports", ["TraceAnalysis", "TraceFormats", "TraceModel"]),
        room("TraceGenerator", ["TraceModel", "TraceFormats"]),

        // The screen and the core behind it.
        room("Cells"),
        .target(name: "CToml"),
        .target(
            name: "Configuration", dependencies: ["Cells", "TraceModel", "TraceQuery", "CToml"],
            exclude: ["Themes/README.md"],
            resources: [
                .embedInCode("Themes/dark.toml"), .embedInCode("Themes/light.toml"),
                .embedInCode("Themes/terminal.toml"),
            ], swiftSettings: strict),
        room("Explorer", ["Cells", "GraphLayout", "TraceModel", "TraceStore", "TraceAnalysis", "TraceQuery"]),
        room(
            "ExplorerViews",
            ["Explorer", "GraphLayout", "Cells", "TraceModel", "TraceStore", "TraceAnalysis", "TraceQuery"]),
        room("Session", ["Explorer", "TraceStore", "TraceFormats", "TraceAnalysis", "TraceModel", "TraceQuery"]),
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
        .target(name: "CTerminalGuard"),
        room("CursesTerminal", ["Cells", "CNcurses", "CTerminalGuard"]),

        // The programs.
        .executableTarget(
            name: "spandrel",
            dependencies: [
                "Session", "CursesTerminal", "Explorer", "ExplorerViews", "Configuration", "Cells", "FileStore",
                "Judgements", "Exports", "GraphLayout", "TraceQuery", "TraceStore", "TraceFormats", "TraceAnalysis",
                "TraceModel",
            ], swiftSettings: strict + [.defaultIsolation(MainActor.self)]),
        .executableTarget(
            name: "spandrel-bench",
            dependencies: [
                "Session", "Explorer", "ExplorerViews", "Configuration", "Cells", "FileStore", "TraceStore",
                "TraceFormats", "TraceAnalysis", "TraceModel", "TraceGenerator", "GraphLayout", "Judgements",
            ], swiftSettings: strict),

        .target(
            name: "TraceFixtures", dependencies: ["TraceModel", "TraceFormats"], path: "Tests/TraceFixtures",
            swiftSettings: strict),
        tests("TraceModelTests", ["TraceModel"]),
        tests("TraceAnalysisTests", ["TraceAnalysis", "TraceModel"]),
        tests("TraceQueryTests", ["TraceQuery", "TraceModel"]),
        tests("GraphLayoutTests", ["GraphLayout"]),
        tests("TraceFormatsTests", ["TraceFormats", "TraceModel", "TraceFixtures"]),
        tests("TraceArchivesTests", ["TraceArchives", "TraceFormats", "TraceModel", "TraceFixtures"]),
        tests("TraceDatabasesTests", ["TraceDatabases", "TraceFormats", "TraceModel", "TraceFixtures"]),
        tests("FileStoreTests", ["FileStore", "TraceStore", "TraceFormats", "TraceModel", "TraceFixtures"]),
        tests(
            "JudgementsTests",
            ["Judgements", "TraceAnalysis", "FileStore", "TraceStore", "TraceDatabases", "TraceFormats", "TraceModel"]),
        .testTarget(
            name: "ExportsTests", dependencies: ["Exports", "TraceFormats", "TraceModel"],
            exclude: ["check_exports.py"], swiftSettings: strict),
        tests("TraceGeneratorTests", ["TraceGenerator", "TraceFormats", "TraceModel"]),
        tests("SampleTracesTests", ["FileStore", "TraceStore", "TraceFormats", "TraceModel"]),
        tests("CellsTests", ["Cells"]),
        tests("ConfigurationTests", ["Configuration", "Cells", "TraceModel", "TraceQuery"]),
        tests("CursesTerminalTests", ["CursesTerminal", "Cells"]),
        tests(
            "ExplorerTests",
            [
                "Explorer", "ExplorerViews", "Session", "FileStore", "Cells", "GraphLayout", "TraceStore",
                "TraceAnalysis",
                "TraceModel", "TraceQuery",
            ]),
        tests("SpandrelBenchTests", ["spandrel-bench", "GraphLayout"]),
        .testTarget(name: "TerminalTests", dependencies: ["spandrel"], swiftSettings: strict),
        .testTarget(
            name: "SpandrelTests", dependencies: ["spandrel"], exclude: ["Golden"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
