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
    .target(name: name, dependencies: dependencies, exclude: [], swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
    name: "spandrel",
    targets: [
        room("Cells"),
        .target(name: "CToml"),
        .target(
            name: "Configuration", dependencies: ["Cells", "CToml"], exclude: ["Themes/README.md"],
            resources: [
                .embedInCode("Themes/dark.toml"), .embedInCode("Themes/light.toml"),
                .embedInCode("Themes/terminal.toml"),
            ], swiftSettings: strict),
        room("TraceModel"),
        room("TraceStore", ["TraceModel"]),
        room("TraceAnalysis", ["TraceModel"]),
        .target(
            name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
        room("TraceFormats", ["TraceModel", "CSimdjson", "CZlib", "CZstd"]),
        room("FileStore", ["TraceStore", "TraceModel", "TraceFormats"]),
        room("Explorer", ["Cells", "TraceModel", "TraceStore", "TraceAnalysis"]),
        room("Session", ["Explorer", "TraceStore", "TraceFormats", "TraceAnalysis", "TraceModel"]),
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
        .target(name: "CTerminalGuard"),
        room("CursesTerminal", ["Cells", "CNcurses", "CTerminalGuard"]),
        .executableTarget(
            name: "spandrel",
            dependencies: [
                "Session", "CursesTerminal", "Explorer", "ExplorerViews", "Configuration", "Cells", "FileStore", "TraceStore",
                "TraceFormats", "TraceAnalysis", "TraceModel",
            ], swiftSettings: strict + [.defaultIsolation(MainActor.self)]),
        room("ExplorerViews", ["Explorer", "Cells", "TraceModel", "TraceStore", "TraceAnalysis"]),
        room("TraceGenerator", ["TraceModel", "TraceFormats"]),
        tests("FileStoreTests", ["FileStore", "TraceStore", "TraceModel", "TraceFormats"]),
        .executableTarget(
            name: "spandrel-bench", dependencies: ["TraceModel", "TraceFormats", "TraceGenerator"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
