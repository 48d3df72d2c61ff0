// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kubernetes
import RESTClient
import TestTime
import Testing

/// `scs` as a child process on a data folder of its own; both go with it.
final class RunningServer {
    let folder: URL
    private var process: Process?

    /// Neither exists yet: `start` makes them.
    init() {
        folder = FileManager.default.temporaryDirectory.appending(path: "scs-server-\(UUID().uuidString)")
    }

    deinit {
        if let process, process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    /// The server's own files.
    var data: URL { folder.appending(path: "data") }
    /// What it printed since its last start, and all that it logged.
    var output: String { text("output") }
    var log: String { text("log") }
    var isRunning: Bool { process.map { end(of: $0) == nil } == true }
    var exitStatus: Int32? { process.flatMap(end(of:)) }

    /// Starts it, and waits until it says where it answers.
    func start(_ arguments: [String] = [], environment: [String: String] = [:]) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = try Binary.url
        process.arguments = ["serve", "--data", data.path, "--port", "0"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = try file("output", truncate: true)
        process.standardError = try file("log", truncate: false)
        try process.run()
        self.process = process
        try await eventually("an answering server", within: .seconds(90)) {
            guard process.isRunning else { throw NeverCame(description: "the server ended: \(log)") }
            return output.contains("Next:")
        }
    }

    /// What it holds of the machine's memory, in kilobytes.
    func memory() throws -> Int {
        let id = try #require(process).processIdentifier
        let text = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.filter(\.isNumber)))
    }

    func kill9() async throws { try await signal(SIGKILL) }

    /// Asks it to end; it has drained when this returns.
    func terminate() async throws { try await signal(SIGTERM) }

    private func signal(_ signal: Int32) async throws {
        let process = try #require(process)
        kill(process.processIdentifier, signal)
        do {
            try await eventually("the server's end", within: .seconds(20)) { end(of: process) != nil }
        } catch let error as NeverCame {
            throw NeverCame(description: "\(error.description); its last words: \(log.suffix(2_000))")
        }
    }

    /// How a child ended, as the kernel says it; absent while it runs.
    ///
    /// Foundation hears of a child's end over a socket, which another child that was started in the same moment can hold
    /// open. Until it has heard, the kernel keeps the child as a zombie, whose line ends with the exit code (proc(5)).
    private func end(of process: Process) -> Int32? {
        let text = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
        if let fields = text?.split(separator: ")").last?.split(whereSeparator: \.isWhitespace) {
            guard fields.first == "Z", let code = fields.last.flatMap({ Int32($0) }) else { return nil }
            return code & 0x7f == 0 ? code >> 8 : code & 0x7f
        }
        return process.isRunning ? nil : process.terminationStatus
    }

    /// The provider's administrator, at the root.
    func admin() throws -> Caller {
        let text = try String(contentsOf: data.appending(path: "admin.kubeconfig"), encoding: .utf8)
        return try Caller(Kubeconfig(parsing: text, context: "scs"))
    }

    private func file(_ name: String, truncate: Bool) throws -> FileHandle {
        let url = folder.appending(path: name)
        if truncate || !FileManager.default.fileExists(atPath: url.path) {
            try Data().write(to: url)
        }
        let handle = try FileHandle(forWritingTo: url)
        try handle.seekToEnd()
        return handle
    }

    private func text(_ name: String) -> String {
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    }
}

/// The binary beside the tests, and what one of its short commands says.
enum Binary {
    static var url: URL {
        get throws {
            let products = URL(filePath: try #require(CommandLine.arguments.first)).deletingLastPathComponent()
            return products.appending(path: "scs")
        }
    }

    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs a command that ends by itself.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], executable: URL? = nil
    ) throws -> Result {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = try executable ?? url
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
            errors: String(decoding: complaints, as: UTF8.self))
    }
}
