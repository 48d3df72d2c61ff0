// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree

/// Asks a server for all that a fleet wishes, over as many lives of that server as it takes, and keeps each answer.
actor Clerk {
    /// What the server said it has, as it was then.
    struct Receipt: Sendable {
        var uid: String
        var resourceVersion: Int
        var spec: JSON
    }

    /// By the object's path.
    private(set) var receipts: [String: Receipt] = [:]
    private var rest: [Fleet.Wish]
    /// What the server said no to.
    private(set) var refusals: [String] = []

    init(_ fleet: Fleet) { rest = fleet.wishes }

    /// Works until all is acknowledged, or the server is gone.
    func create(_ caller: Caller) async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<4 { group.addTask { await self.work(caller) } }
        }
    }

    private func work(_ caller: Caller) async {
        while let wish = rest.popLast() {
            guard let receipt = try? await create(wish, caller) else { return rest.append(wish) }
            receipts[wish.objectPath] = receipt
        }
    }

    private func create(_ wish: Fleet.Wish, _ caller: Caller) async throws -> Receipt? {
        var answer = try await caller.send(.post, wish.path, wish.object)
        // An earlier life of the server took it and could not say so any more.
        if answer.status == 409 { answer = try await caller.send(.get, wish.objectPath) }
        guard answer.status == 201 || answer.status == 200 else {
            refusals.append("\(wish.objectPath): \(answer.text)")
            return nil
        }
        return Receipt(answer.tree)
    }

    /// Deletes each path, in hands of four; the paths that were not acknowledged.
    static func delete(_ paths: [String], _ caller: Caller) async -> [String] {
        await withTaskGroup(of: [String].self) { group in
            for hand in 0..<4 {
                group.addTask {
                    var refused: [String] = []
                    for path in paths.enumerated().filter({ $0.offset % 4 == hand }).map(\.element) {
                        let status = try? await caller.send(.delete, path).status
                        if ![200, 202, 404].contains(status) { refused.append(path) }
                    }
                    return refused
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }
}

extension Clerk.Receipt {
    init?(_ object: JSON) {
        guard let version = Int(object.text("metadata", "resourceVersion")), let spec = object["spec"] else {
            return nil
        }
        self.init(uid: object.text("metadata", "uid"), resourceVersion: version, spec: spec)
    }

    /// Whether the object is the one of this receipt, or later, with what was asked for.
    func isHonored(by later: Clerk.Receipt?) -> Bool {
        guard let later else { return false }
        return later.uid == uid && later.resourceVersion >= resourceVersion && later.spec == spec
    }
}
