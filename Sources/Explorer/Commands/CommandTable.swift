package import Cells

/// The one table of commands and keys.
package enum CommandTable {
    package static let all: [Command] =
        moving + opening + tree + graph + rewards + finding + judging + review + views + doing

    /// What a key does in a scope: what it does there alone goes before what it does everywhere.
    package static func command(for key: Key, in scope: Command.Scope) -> Command? {
        let known = all.filter { $0.keys.contains(key) && $0.scopes.contains(scope) }
        return known.first { !$0.isEverywhere } ?? known.first
    }

    /// What a name after `:` means in a scope: a whole name, or the beginning of just one.
    package static func command(named name: String, in scope: Command.Scope) -> Command? {
        let known = all.filter { $0.scopes.contains(scope) }
        if let exact = known.first(where: { $0.id.rawValue == name }) { return exact }
        let begun = known.filter { $0.id.rawValue.hasPrefix(name) }
        return begun.count == 1 ? begun[0] : nil
    }

    private static let moving: [Command] = [
        Command(.down, [.character("j"), .down], "Move down"),
        Command(.up, [.character("k"), .up], "Move up"),
        Command(.top, [.character("g"), .home], "Go to the first row, or with a count to that row"),
        Command(.bottom, [.character("G"), .end], "Go to the last row, or with a count to that row"),
        Command(.halfPageDown, [.control("d")], "Move down half a screen"),
        Command(.halfPageUp, [.control("u")], "Move up half a screen"),
        Command(.pageDown, [.pageDown, .control("f"), .character(" ")], "Move down a screen"),
        Command(.pageUp, [.pageUp, .control("b")], "Move up a screen"),
    ]

    private static let opening: [Command] = [
        Command(.open, [.enter, .character("l"), .right], [.traces], "Open the trace"),
        Command(.open, [.enter, .character("l"), .right], [.live], "Open the span in its tree"),
        Command(
            .open, [.enter, .character("l"), .right], [.tree], "Expand; on an open row, go into what the span says"),
        Command(.open, [.enter, .character("l"), .right], [.span], "Unfold; on a link, follow it"),
        Command(.close, [.character("h"), .left], [.tree], "Collapse, or go to the parent"),
        Command(.close, [.character("h"), .left], [.span], "Fold, or go back to the tree"),
        Command(.back, [.character("q")], "Leave this view; from the last one, leave Spandrel"),
        Command(.quit, [.character("Q"), .control("c")], "Leave Spandrel"),
    ]

    private static let tree: [Command] = [
        Command(.collapseAll, [.character("[")], [.tree, .span], "Collapse all"),
        Command(.expandAll, [.character("]")], [.tree, .span], "Expand all"),
        Command(.deeper, [.character("o")], [.tree, .span], "Open one level more"),
        Command(.shallower, [.character("p")], [.tree, .span], "Open one level less"),
        Command(.nextSibling, [.character("}")], [.tree, .span], "Go to the next sibling"),
        Command(.previousSibling, [.character("{")], [.tree, .span], "Go to the previous sibling"),
        Command(.parent, [.character(",")], [.tree, .span], "Go to the parent"),
        Command(.nextError, [.character("e")], [.traces, .tree, .live], "Go to the next error"),
        Command(.previousError, [.character("E")], [.traces, .tree, .live], "Go to the previous error"),
        Command(.nextSlowest, [.character("s")], [.traces], "Go to the slowest trace, then to the next slowest"),
        Command(.previousSlowest, [.character("S")], [.traces], "Go back towards the slowest trace"),
        Command(.nextSlowest, [.character("s")], [.tree], "Go to where most time went, then to the next such span"),
        Command(.previousSlowest, [.character("S")], [.tree], "Go back towards where most time went"),
        Command(.left, [.character("<")], [.traces], "Sort by the column to the left"),
        Command(.right, [.character(">")], [.traces], "Sort by the column to the right"),
        Command(.invert, [.character("I")], [.traces], "Turn the order round"),
        Command(.left, [.character("<")], [.tree], "Move the time axis to earlier"),
        Command(.right, [.character(">")], [.tree], "Move the time axis to later"),
        Command(.zoomIn, [.character("z")], [.tree], "Zoom the time axis to the span"),
        Command(.zoomOut, [.character("Z")], [.tree], "Show the whole time again"),
        Command(
            .difference, [.character("d")], [.tree, .span],
            "Show what changed since the call or step of its kind before it, or show all again"),
        Command(.left, [.character("<")], [.span], "Go to the tab to the left"),
        Command(.right, [.character(">")], [.span], "Go to the tab to the right"),
    ]

    private static let graph: [Command] = [
        Command(.left, [.character("h"), .left], [.graph], "Go back along an edge, or to the left"),
        Command(.right, [.character("l"), .right], [.graph], "Go along an edge, or to the right"),
        Command(.open, [.enter], [.graph], "Open the span of the step in its tree"),
        Command(.fold, [.character("f")], [.graph], "Fold what is part of the step into it, or unfold it"),
        Command(.collapseAll, [.character("[")], [.graph], "Fold everything"),
        Command(.expandAll, [.character("]")], [.graph], "Unfold everything"),
        Command(.inside, [.character("o")], [.graph], "Show what is part of the step by itself"),
        Command(.parent, [.character(",")], [.graph], "Go to what the step is part of"),
        Command(.zoomIn, [.character("z")], [.graph], "Show more of each step"),
        Command(.zoomOut, [.character("Z")], [.graph], "Show less of each step, and more of them"),
        Command(.direction, [.character("D")], [.graph], "Draw from left to right, or from the top down"),
        Command(
            .lanes, [.character("L")], [.graph],
            "Give each agent rows of its own, with the lines of the step under the cursor alone; or draw all lines again"
        ),
        Command(.nextError, [.character("e")], [.graph], "Go to the next step that failed"),
        Command(.previousError, [.character("E")], [.graph], "Go to the previous step that failed"),
        Command(.nextWaiting, [.character("w")], [.graph], "Go to the next step that waits"),
        Command(.previousWaiting, [.character("W")], [.graph], "Go to the previous step that waits"),
        Command(.nextRunning, [.character(".")], [.graph], "Go to the next step that runs"),
        Command(.timeTravel, [.character("t")], [.graph], "Travel in time: show the graph as it stood; again for now"),
        Command(.earlier, [.character("<")], [.graph], "Move the window to the left; in time: step back"),
        Command(.later, [.character(">")], [.graph], "Move the window to the right; in time: step forwards"),
        Command(.play, [.character("p")], [.graph], "In time: play on, or stop"),
        Command(.grow, [.character("+")], [.graph], "In time: play faster"),
        Command(.shrink, [.character("-")], [.graph], "In time: play slower"),
    ]

    private static let rewards: [Command] = [
        Command(
            .open, [.enter, .character("l"), .right], [.rewards],
            "Show the sequences of the group; on a sequence, open its trace; while something is tried, write it"),
        Command(.close, [.character("h"), .left], [.rewards], "Go back to the groups"),
        Command(
            .grouping, [.character("b")], [.rewards], "Group by the next: agent, pipeline, session, model, day, …",
            argument: .grouping),
        Command(.left, [.character("<")], [.rewards], "Group by the one before"),
        Command(.right, [.character(">")], [.rewards], "Group by the next"),
        Command(.nextSibling, [.character("}")], [.rewards], "Go to the next step of the sequence"),
        Command(.previousSibling, [.character("{")], [.rewards], "Go to the previous step of the sequence"),
        Command(
            .strategy, [.character("t")], [.rewards],
            "What if: try to hand down to the steps, then by the next strategy; a, x and r try another worth"),
        Command(.grow, [.character("+")], [.rewards], "What if: raise gamma, by which earlier steps get less"),
        Command(.shrink, [.character("-")], [.rewards], "What if: lower gamma"),
        Command(
            .weights, [.character("W")], [.rewards],
            "What if: try other weights of the parts that rewards are made of; all figures move as they are typed",
            argument: .weights),
        Command(.write, [.character("w")], [.rewards], "Write what is tried; Esc drops it"),
    ]

    private static let finding: [Command] = [
        Command(.search, [.character("/")], "Search names and attributes", argument: .text),
        Command(.searchNext, [.character("n")], "Go to the next match"),
        Command(.searchPrevious, [.character("N")], "Go to the previous match"),
        Command(
            .filter, [.character("&")], [.traces, .rewards, .live, .graph],
            "Show only what a query wants: words, and terms like status=error agent~^plan reward<0.5", argument: .query),
        Command(
            .mark, [.character("m")], [.traces, .tree, .span, .graph], "Mark this row with the letter that follows",
            argument: .letter),
        Command(
            .jump, [.character("'")], [.traces, .tree, .span, .graph],
            "Jump to the row marked with the letter that follows",
            argument: .letter),
    ]

    private static let judging: [Command] = [
        Command(
            .select, [.character("v")], [.traces, .tree],
            "Pick rows from here to the cursor, to judge them together; again to stop"),
        Command(.approve, [.character("a")], "Approve the trace or the span"),
        Command(.reject, [.character("x")], "Reject the trace or the span"),
        Command(.reward, [.character("r")], "Give the trace or the span a reward from 0 to 1", argument: .value),
        Command(.undo, [.character("u")], "Take the last judgement back, also one of an earlier day"),
        Command(.redo, [.control("r")], "Let what was taken back last hold again"),
        Command(.comment, [.character("c")], "Write a comment on the trace or the span"),
        Command(.correct, [.character("i")], "Write the output as it should have been"),
    ]

    private static let review: [Command] = [
        Command(
            .grade, (1...9).map { .character(Character("\($0)")) }, [.review],
            "Grade in ninths, 1 is 0.0 and 9 is 1.0; right after x, say why by the rubric's reasons", argument: .digit),
        Command(.clear, [.character("0")], [.review], "Take back your own judgement of this one"),
        Command(.criteria, [.character("d")], [.review], "Grade by the rubric's criteria, a digit for each"),
        Command(.skip, [.character("s")], [.review], "Skip: pass it over for good, without a value"),
        Command(
            .flag, [.character("f")], [.review], "Flag, or no longer; a digit right after it chooses another label"),
        Command(.nextItem, [.character(" "), .character("n")], [.review], "Go on without deciding"),
        Command(.previousItem, [.character("b"), .character("p")], [.review], "Go back to the one before"),
        Command(.nextPane, [.tab, .backTab], [.review], "Judge the steps one by one, or the trace again"),
        Command(.unfold, [.character("o")], [.review], "Give goal and outcome the whole screen, or share it again"),
        Command(.open, [.enter, .character("l"), .right], [.review], "Open the step in its tree; q comes back"),
        Command(.nextError, [.character("e")], [.review], "Go to the next step that failed"),
        Command(.previousError, [.character("E")], [.review], "Go to the previous step that failed"),
        Command(.filter, [.character("&")], [.review], "Make another queue of what a query wants", argument: .query),
    ]

    private static let views: [Command] = [
        Command(.viewTraces, [.character("1")], "Show the list of traces"),
        Command(.viewTree, [.character("2")], "Show the tree of the trace"),
        Command(.viewGraph, [.character("3")], "Show the graph of the trace: what waits for what"),
        Command(
            .map, [.character("M")], [.traces, .graph],
            "Show who calls whom in the traces of the list: services, agents, models, tools"),
        Command(
            .viewReview, [.character("5")], "Review: go through a queue of traces and judge each",
            argument: .queue),
        Command(.viewRewards, [.character("4")], "Show rewards in groups", argument: .grouping),
        Command(.viewLive, [.character("6")], "Show spans as they arrive"),
        Command(.nextPane, [.tab, .backTab], [.tree, .span], "Go to the other pane"),
        Command(.maximise, [.character("O")], [.tree, .span], "Give this pane the whole screen, or share it again"),
        Command(.grow, [.character("+")], [.tree, .span], "Make this pane larger"),
        Command(.shrink, [.character("-")], [.tree, .span], "Make this pane smaller"),
        Command(
            .follow, [.character("F")], [.traces, .tree, .span, .graph],
            "Follow: stay at what came last, or stop doing so"),
        Command(.pause, [.character("=")], "Pause: hold back what comes, or show it"),
        Command(.help, [.character("?"), .function(1)], "Show the keys of this view", argument: .command),
        Command(.problems, [.character("!")], "Show what could not be read"),
        Command(
            .pending, [], "Show what was judged and its source does not have yet, or try again at once",
            argument: .retry),
    ]

    private static let doing: [Command] = [
        Command(
            .copy, [.character("y")], "Copy: i id, t trace id, n name, v value, j JSON, l the line", argument: .part),
        Command(.command, [.character(":")], "Type a command; Tab completes, ↑ brings back"),
        Command(.sort, [], [.traces], "Sort by a column", argument: .column),
        Command(.goto, [], "Go to a row by its number", argument: .row),
        Command(.theme, [], "Change the colours", argument: .theme),
        Command(.redraw, [.control("l")], "Draw the screen again"),
        Command(.suspend, [.control("z")], "Suspend; `fg` in the shell comes back"),
        Command(.cancel, [.escape], "Cancel: the prompt, the search, then the reading"),
    ]
}
