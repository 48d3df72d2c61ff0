// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import RESTClient

/// One state of one ConfigMap of a storm: as an answer told it, or as a watch did.
struct Moment: Hashable, Sendable {
    var name: String
    var turn: Int
    var resourceVersion: Int

    init?(_ object: JSON?) {
        guard let name = object?["metadata"]?["name"]?.string,
            let turn = object?["data"]?["turn"]?.string.flatMap({ Int($0) }),
            let version = object?["metadata"]?["resourceVersion"]?.string.flatMap({ Int($0) })
        else { return nil }
        self.name = name
        self.turn = turn
        resourceVersion = version
    }
}

/// Everything that was heard from a server until it was killed.
actor Ledger {
    private(set) var acknowledged: [Moment] = []
    private(set) var watched: [Moment] = []

    func acknowledge(_ moment: Moment) { acknowledged.append(moment) }
    func see(_ moments: [Moment]) { watched += moments }

    /// So many answers came.
    func hasAnswers(_ count: Int) -> Bool { acknowledged.count >= count }

    /// So many events came, and the newest one before the answer to its write.
    func isAhead(_ count: Int) -> Bool {
        guard watched.count >= count, let newest = watched.last else { return false }
        return !acknowledged.contains(newest)
    }
}

/// Several writers and a watcher, at work until the server is gone.
struct Storm: Sendable {
    let caller: Caller
    /// The collection of ConfigMaps.
    let path: String
    let ledger = Ledger()

    static let writers = 6
    private static let objectsPerWriter = 5

    /// Runs until the server answers nobody any more.
    ///
    /// - Parameter round: goes into the names, so that each storm makes objects of its own.
    func run(round: Int, since resourceVersion: String) async {
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<Self.writers {
                group.addTask { try? await write("r\(round)-w\(writer)") }
            }
            group.addTask { try? await watch(since: resourceVersion) }
        }
    }

    /// Creates a few objects, and then patches them in turn; ends with the first request that fails.
    private func write(_ prefix: String) async throws {
        for turn in 0... {
            let name = "\(prefix)-\(turn % Self.objectsPerWriter)"
            let data: JSON = ["turn": .string("\(turn)")]
            let isNew = turn < Self.objectsPerWriter
            let answer =
                isNew
                ? try await caller.send(.post, path, ["metadata": ["name": .string(name)], "data": data])
                : try await caller.patch("\(path)/\(name)", ["data": data])
            guard answer.status == (isNew ? 201 : 200), let moment = Moment(answer.tree) else { return }
            await ledger.acknowledge(moment)
        }
    }

    private func watch(since resourceVersion: String) async throws {
        try await Self.watch(caller, "\(path)?watch=1&resourceVersion=\(resourceVersion)") { moments in
            await ledger.see(moments)
            return true
        }
    }

    /// Reads a watch; `body` gets whole events as they come, and says whether to go on.
    static func watch(
        _ caller: Caller, _ path: String, _ body: @Sendable ([Moment]) async -> Bool
    ) async throws {
        let (status, chunks) = try await caller.stream(path)
        guard status == 200 else { return }
        var rest: [UInt8] = []
        for try await chunk in chunks {
            rest += chunk
            guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            let events = rest[..<end].split(separator: UInt8(ascii: "\n"))
            rest.removeFirst(end + 1)
            let moments = events.compactMap { Moment((try? JSON(parsing: Array($0)))?["object"]) }
            guard await body(moments) else { return }
        }
    }
}
