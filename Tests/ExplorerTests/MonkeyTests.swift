import Cells
import Explorer
import ExplorerViews
import FileStore
import Foundation
import Session
import Testing
import TraceModel

/// Keys pressed without sense, from a seed, over the sample traces; the screen is drawn after each.
@MainActor
@Suite struct MonkeyTests {
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "SampleTraces").path()

    private let context = ViewContext(theme: Theme(name: "plain", styles: [:])) { _ in
        CivilTime(year: 2026, month: 11, day: 20, hour: 14, minute: 2, second: 0)
    }

    private func session(_ size: Size) async -> Session {
        let session = Session(FileStore([Self.samples]), ExplorerState(size: size, sourceName: "SampleTraces"))
        session.start()
        await session.settle()
        return session
    }

    private func draw(_ session: Session) {
        let screen = ExplorerScreen.draw(session.state, context)
        #expect(screen.size == session.state.size)
        if let cursor = screen.cursor {
            #expect((0..<screen.size.columns).contains(cursor.x) && (0..<screen.size.rows).contains(cursor.y))
        }
    }

    @Test("bears any keys at any size", arguments: 1...6 as ClosedRange<UInt64>)
    func keys(seed: UInt64) async {
        var random = SplitMix(state: seed)
        let session = await session(Size(columns: 80, rows: 24))
        #expect(session.state.traces.table.count > 100)
        let known = CommandTable.all.flatMap(\.keys).filter { $0 != .character("q") }
        for step in 0..<220 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0:
                session.handle(
                    .input(
                        .resize(
                            Size(
                                columns: .random(in: 1...140, using: &random), rows: .random(in: 1...50, using: &random)
                            ))))
            case 1:
                let position = Position(
                    x: .random(in: -2...150, using: &random), y: .random(in: -2...60, using: &random))
                let action: Mouse.Action = Bool.random(using: &random) ? .press : .scrollDown
                session.handle(.input(.mouse(Mouse(action, at: position))))
            case 2: session.handle(.input(.paste("\u{1B}[31m日本\n")))
            case 3: session.handle(.input(.key(.character("0123456789".randomElement(using: &random) ?? "0"))))
            case 4: session.handle(.input(.key(.character("abchijlntvz e".randomElement(using: &random) ?? "a"))))
            case 5: session.handle(.input(.key(.character("q"))))
            case 6...8: session.handle(.input(.key(.enter)))
            default: session.handle(.input(.key(known.randomElement(using: &random) ?? .enter)))
            }
            draw(session)
            if step % 10 == 0 { await session.settle() }
        }
        await session.settle()
        draw(session)
    }

    @Test(
        "draws every view in a window of any size",
        arguments: [(1, 1), (1, 50), (200, 1), (2, 2), (19, 4), (20, 5), (21, 7), (40, 14), (300, 90)])
    func sizes(columns: Int, rows: Int) async throws {
        let session = await session(Size(columns: columns, rows: rows))
        for keys in [
            "", "<Enter>", "]", "<Tab>", ">>>>>>>", "O", "?", "G", "<Esc>", "/long text that does not fit<Enter>",
            ":sort",
        ] {
            for key in try Key.parse(keys) {
                session.handle(.input(.key(key)))
                await session.settle()
            }
            draw(session)
        }
    }
}

/// Numbers that are the same for a seed everywhere.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
