// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where lines go, and how much of a terminal reads them.
struct Terminal: Sendable {
    /// What a place that lines go to can show.
    struct Screen: Hashable, Sendable {
        /// Absent for a file or a pipe, where nothing can be written over.
        var width: Int?
        var hasColour = false

        static let file = Screen()

        /// The text in a colour, where there are colours.
        func paint(_ text: String, _ colour: Colour) -> String {
            hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
        }
    }

    /// As ECMA-48 numbers them.
    enum Colour: Int, Sendable {
        case bold = 1
        case red = 31
        case green = 32
        case yellow = 33
    }

    /// One line of the answer, without its end.
    let line: @Sendable (String) -> Void
    /// One line of progress, which is no part of the answer.
    let note: @Sendable (String) -> Void
    /// Puts a text in the place of the present last line; empty takes it away.
    ///
    /// Nothing happens where nothing can be written over.
    var overwrite: @Sendable (String) -> Void = { _ in }
    /// Of `line`, and of `note` and `overwrite`.
    var lines = Screen.file
    var notes = Screen.file
}

extension Terminal {
    /// Standard output and standard error.
    static let standard = Terminal(
        line: { send($0 + "\n", to: STDOUT_FILENO) }, note: { send($0 + "\n", to: STDERR_FILENO) },
        overwrite: { send("\r\u{1B}[2K\($0)", to: STDERR_FILENO) },
        lines: screen(STDOUT_FILENO, ProcessInfo.processInfo.environment),
        notes: screen(STDERR_FILENO, ProcessInfo.processInfo.environment))

    /// Colour only for a person who does not refuse it.
    ///
    /// https://no-color.org
    private static func screen(_ descriptor: Int32, _ environment: [String: String]) -> Screen {
        guard isatty(descriptor) == 1, environment["TERM"] != "dumb" else { return .file }
        var size = winsize()
        let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return Screen(width: isKnown ? Int(size.ws_col) : 80, hasColour: environment["NO_COLOR", default: ""].isEmpty)
    }

    private static func send(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
