// SPDX-License-Identifier: Apache-2.0

/// A page of `Stories`: text, commands, and what each of them printed, per version of kubectl where versions differ.
///
/// In code blocks (four spaces) a line with `$ ` begins a command and `> ` continues it; the rest is its output. A line
/// `since 1.28:` between says from which version on the output below it holds; without one it holds for all.
struct Story {
    enum Part {
        /// Lines for the reader.
        case text([String])
        case command(Command)
    }

    struct Command {
        /// In the file, counted from one.
        var line: Int
        /// What the shell gets.
        var script: String
        var outputs: [Output] = []

        /// What that version is to print: the output of the newest version that is not newer.
        func output(for version: KubectlVersion) -> [String] {
            (outputs.last { $0.since <= version } ?? outputs.first)?.lines ?? []
        }
    }

    struct Output {
        var since: KubectlVersion
        var lines: [String]
    }

    var parts: [Part] = []

    var commands: [Command] {
        parts.compactMap { if case .command(let command) = $0 { command } else { nil } }
    }
}

// MARK: - Reading

extension Story {
    init(parsing text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            take(String(line), number: index + 1)
        }
        trim()
    }

    private static let indent = "    "

    private mutating func take(_ line: String, number: Int) {
        let code = line.hasPrefix(Self.indent) ? String(line.dropFirst(Self.indent.count)) : nil
        if let code, code.hasPrefix("$ ") {
            parts.append(.command(Command(line: number, script: String(code.dropFirst(2)))))
        } else if case .command(var command) = parts.last, code != nil || line.isEmpty || Self.since(line) != nil {
            command.take(code ?? "", since: Self.since(line))
            parts[parts.count - 1] = .command(command)
        } else if case .text(let lines) = parts.last {
            parts[parts.count - 1] = .text(lines + [line])
        } else {
            parts.append(.text([line]))
        }
    }

    private static func since(_ line: String) -> KubectlVersion? {
        guard line.hasPrefix("since "), line.hasSuffix(":") else { return nil }
        return KubectlVersion(String(line.dropFirst("since ".count).dropLast()))
    }

    /// The empty lines around outputs are for the eye.
    private mutating func trim() {
        parts = parts.map { part in
            switch part {
            case .text(let lines): return .text(Self.trimmed(lines))
            case .command(var command):
                command.outputs = command.outputs.map { Output(since: $0.since, lines: Self.trimmed($0.lines)) }
                if command.outputs.count > 1, command.outputs[0].lines.isEmpty, command.outputs[1].since == .oldest {
                    command.outputs.removeFirst()
                }
                return .command(command)
            }
        }
    }

    private static func trimmed(_ lines: [String]) -> [String] {
        let head = lines.drop { $0.isEmpty }
        return Array(head.prefix((head.lastIndex { !$0.isEmpty } ?? head.startIndex - 1) - head.startIndex + 1))
    }
}

extension Story.Command {
    fileprivate mutating func take(_ code: String, since: KubectlVersion?) {
        if let since {
            outputs.append(Story.Output(since: since, lines: []))
        } else if code.hasPrefix("> "), outputs.isEmpty {
            script += "\n" + code.dropFirst(2)
        } else {
            if outputs.isEmpty { outputs.append(Story.Output(since: .oldest, lines: [])) }
            outputs[outputs.count - 1].lines.append(code)
        }
    }
}

// MARK: - Writing

extension Story {
    /// The page anew, with what each version printed: `outputs` has a list per command, the oldest version first.
    func recorded(_ outputs: [[Output]]) -> String {
        var rest = outputs[...]
        let blocks = parts.map { part in
            switch part {
            case .text(let lines): lines.joined(separator: "\n")
            case .command(let command): Self.block(command.script, Self.distinct(rest.popFirst() ?? []))
            }
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// Without those that say what the version before said.
    private static func distinct(_ outputs: [Output]) -> [Output] {
        outputs.reduce(into: []) { kept, output in
            let lines = trimmed(output.lines)
            if kept.last?.lines != lines { kept.append(Output(since: output.since, lines: lines)) }
        }
    }

    private static func block(_ script: String, _ outputs: [Output]) -> String {
        let command = script.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            indent + ($0.offset == 0 ? "$ " : "> ") + $0.element
        }
        let sections = outputs.map { output in
            let lines = output.lines.map { $0.isEmpty ? "" : indent + $0 }
            return outputs.count == 1 ? lines : ["", "since \(output.since):", ""] + lines
        }
        return (command + sections.flatMap(\.self)).joined(separator: "\n")
    }
}
