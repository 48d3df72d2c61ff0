// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import TestTime
import Testing

/// Runs the commands of stories with one kubectl against one server.
///
/// Each story has a namespace and a folder of its own, in which the manifests lie.
struct Storyteller {
    let kubectl: Kubectl
    let server: RunningServer

    static let folder = URL(filePath: #filePath).appending(path: "../..").standardizedFileURL
    static let stories: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "Stories").path)
        return (names ?? []).filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }()

    static func page(_ story: String) -> URL { folder.appending(path: "Stories/\(story).md") }

    static func story(_ name: String) throws -> Story {
        Story(parsing: try String(contentsOf: page(name), encoding: .utf8))
    }

    /// Lets the body happen beside a server with simulated sites.
    static func with<Result>(
        _ kubectl: Kubectl, _ body: (Storyteller) async throws -> Result
    ) async throws -> Result {
        let server = RunningServer()
        try await server.start(["--demo"])
        let site = "/apis/management.scs.community/v1alpha1/sites/stuttgart"
        let admin = try server.admin()
        try await eventually("a site", within: .seconds(60)) {
            try await admin.send(.get, site).tree["status"]?["conditions"]?.array?.contains {
                $0["type"] == "Ready" && $0["status"] == "True"
            } == true
        }
        let teller = Storyteller(kubectl: kubectl, server: server)
        try await teller.defineBoats()
        return try await body(teller)
    }

    /// The kind of a user that all stories know.
    private func defineBoats() async throws {
        let established = "kubectl wait --for=condition=Established crd/boats.harbour.example.org --timeout=30s"
        let printed = try await run("kubectl apply -f boats.yaml && \(established)", in: try prepare("boats"))
        try #require(printed.last?.hasSuffix("condition met") == true, "\(printed)")
    }

    /// What each command of a story printed, in order.
    func play(_ name: String) async throws -> [[String]] {
        let place = try prepare(name)
        let namespace = try await run("kubectl create namespace \(name)", in: place)
        try #require(namespace.last?.hasSuffix("created") == true, "\(namespace)")
        _ = try await run("kubectl config set-context --current --namespace=\(name)", in: place)
        var printed: [[String]] = []
        for command in try Self.story(name).commands {
            printed.append(try await run(command.script, in: place))
        }
        return printed
    }

    private func prepare(_ name: String) throws -> URL {
        let files = FileManager.default
        let place = server.folder.appending(path: "scratch-\(name)")
        try files.copyItem(at: Self.folder.appending(path: "Manifests"), to: place)
        try files.createDirectory(at: place.appending(path: "bin"), withIntermediateDirectories: true)
        try files.createSymbolicLink(
            at: place.appending(path: "bin/kubectl"), withDestinationURL: URL(filePath: kubectl.path))
        try files.copyItem(
            at: server.data.appending(path: "admin.kubeconfig"), to: place.appending(path: "kubeconfig"))
        return place
    }

    /// Standard output and errors in the order of their coming, and the exit code when it is not 0.
    private func run(_ script: String, in place: URL) async throws -> [String] {
        let output = place.appending(path: ".output")
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["60", "bash", "-c", script]
        process.currentDirectoryURL = place
        process.environment = environment(of: place)
        // Appended by both, so neither writes over the other.
        let handle = FileHandle(fileDescriptor: open(output.path, O_WRONLY | O_APPEND))
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        let status = try await process.runToItsEnd()
        try handle.close()
        let lines = Transcript.lines(try String(contentsOf: output, encoding: .utf8))
        return status == 0 ? lines : lines + ["(exit \(status))"]
    }

    private func environment(of place: URL) -> [String: String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return [
            "PATH": "\(place.path)/bin:\(path)", "HOME": place.path, "KUBECONFIG": "\(place.path)/kubeconfig",
            "LC_ALL": "C", "TZ": "UTC", "TMPDIR": "/tmp", "SERVER_LOG": server.folder.appending(path: "log").path,
        ]
    }
}

extension Process {
    /// Its exit code; takes no thread while it runs.
    fileprivate func runToItsEnd() async throws -> Int32 {
        try await withCheckedThrowingContinuation { continuation in
            terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try run() } catch { continuation.resume(throwing: error) }
        }
    }
}
