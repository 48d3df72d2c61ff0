// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Observing
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// Looks twice a minute whether each site still answers, and writes down since when it does not.
///
/// It asks one cheap thing, so that a silent site shows long before the next learning; nothing else follows from it: objects at
/// a silent site stay as they are.
struct SiteProbe: Sendable {
    static let name = "site-probe"
    static let condition = "Reachable"

    let client: any ObjectClient
    let time: Timekeeper
    /// Whether it was learned yet how the site is reached.
    let isKnown: @Sendable (_ site: String) -> Bool
    /// Asks a site anything; answers when the token was issued that it was asked with.
    let ask: @Sendable (_ site: String) async throws -> Timestamp

    private static let period = Duration.seconds(20)
    /// A site that is slower than this is as good as silent.
    private static let patience = Duration.seconds(15)
    /// A site that goes on answering is written down this often only.
    private static let noteEvery: Int64 = 60

    /// Looks at one site; ends for good when the site is deleted.
    func pass(_ key: ObjectKey) async throws -> Duration? {
        guard let site = try await client.find(.site, key), !site.isDeleting else { return nil }
        guard isKnown(key.name) else { return .seconds(2) }
        let failure = await failure(of: key.name)
        SiteMetrics.answered(failure == nil, site: key.name)
        if let status = status(site, failure) {
            let patch: JSON = [
                "metadata": ["resourceVersion": .string(site.metadata.resourceVersion ?? "")], "status": status,
            ]
            do { _ = try await client.patch(.site, key, .merge(patch), .status) } catch let error as APIError
                where error.reason == .conflict
            { return .seconds(1) }
        }
        return Self.period
    }

    /// Why the site is not reachable, and absent when it answered.
    private func failure(of site: String) async -> (reason: String, message: String)? {
        do {
            let issued = try await withThrowingTaskGroup(of: Timestamp?.self) { group in
                group.addTask { try await ask(site) }
                group.addTask {
                    try await time.sleep(for: Self.patience)
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
            guard let issued else {
                return (
                    "Silent", "no answer within \(Self.patience.components.seconds)s; the site's operator can mend it"
                )
            }
            SiteMetrics.token(age: max(0, time.wall() - issued.seconds), site: site)
            return nil
        } catch let error as OpenStackError where error.isTransient {
            return ("Silent", "\(error.message); the site's operator can mend it")
        } catch {
            return ("Refused", "\(PassFailure(error).message); the provider can mend the site's credential")
        }
    }

    /// What is to be changed in the status; absent when it says all that already.
    private func status(_ site: Object, _ failure: (reason: String, message: String)?) -> JSON? {
        var condition = Condition(
            type: Self.condition, status: failure == nil ? .yes : .no, reason: failure?.reason ?? "Answers",
            message: failure?.message ?? "", observedGeneration: site.metadata.generation,
            lastTransitionTime: time.timestamp)
        let known = site.condition(Self.condition)
        if let known, known.status == condition.status { condition.lastTransitionTime = known.lastTransitionTime }
        let last = site.status?["lastObserved"]?.string.flatMap { Timestamp($0) }
        let isStale = last.map { time.wall() - $0.seconds >= Self.noteEvery } ?? true
        let mustNote = failure == nil && isStale
        guard mustNote || known != condition else { return nil }
        var conditions = (site.status?["conditions"]?.array ?? []).filter { $0["type"]?.string != Self.condition }
        guard let tree = try? JSON(encoding: condition) else { return nil }
        conditions.append(tree)
        var status: JSON = ["conditions": .array(conditions)]
        if mustNote { status["lastObserved"] = .string(time.timestamp) }
        return status
    }
}
