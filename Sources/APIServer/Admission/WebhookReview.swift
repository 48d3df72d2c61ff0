// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Resources
import Schemas
package import Stores

/// Asks the webhooks that organizations and the provider have configured about writes.
///
/// Mutating ones one after the other, so that each sees what those before it changed; validating ones together.
/// https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
package struct WebhookReview: Sendable {
    /// The kinds that machinery must know here, told by the assembly.
    package struct Types: Sendable {
        package var mutating: GroupResource
        package var validating: GroupResource
        package var namespace: ResourceType

        package init(mutating: GroupResource, validating: GroupResource, namespace: ResourceType) {
            self.mutating = mutating
            self.validating = validating
            self.namespace = namespace
        }
    }

    private let types: Types
    private let book: WebhookBook
    private let sender: any WebhookSender
    let reader: any ObjectReader

    /// Reads configurations from `cache` and calls over the network.
    package init(_ types: Types, cache: WatchCache, catalog: @escaping Catalog.Source, caller: WebhookCaller) {
        self.types = types
        book = WebhookBook(cache: cache, mutating: types.mutating, validating: types.validating)
        sender = caller
        reader = CachedObjects(cache: cache, catalog: catalog)
    }

    /// The webhooks that may have a say about a write; nearly always none.
    ///
    /// The configurations themselves are nobody's business, so that no webhook can lock everybody out.
    func webhooks(for target: Target) async throws -> [PlacedWebhook] {
        guard case .one(let organization) = target.organizations else { return [] }
        guard ![types.mutating, types.validating].contains(target.kind.groupResource) else { return [] }
        return try await book.webhooks(for: organization)
    }
}

// MARK: - The two rounds

extension WebhookReview {
    /// The object after the mutating webhooks; throws what the client is to hear of a refusal.
    ///
    /// One that wants it is asked a second time, and not more, when another has changed the object after it.
    func mutated(_ review: Review, by webhooks: [PlacedWebhook], uid: () -> String) async throws -> JSON {
        var review = review
        let mutating = webhooks.filter { $0.webhook.form == .mutating }
        var asked: Set<Int> = []
        var again: Set<Int> = []
        for (index, webhook) in mutating.enumerated() {
            guard let call = try await call(of: webhook, review) else { continue }
            if try await mutate(&review, call, uid()) { again.formUnion(asked) }
            if webhook.webhook.isReinvoked { asked.insert(index) }
        }
        for index in again.sorted() {
            guard let call = try await call(of: mutating[index], review) else { continue }
            _ = try await mutate(&review, call, uid())
        }
        return review.object
    }

    /// Asks the validating webhooks; throws the refusal of the first, in their order, that has one.
    func validate(_ review: Review, by webhooks: [PlacedWebhook], uid: () -> String) async throws {
        var calls: [(Review.Call, String)] = []
        for webhook in webhooks where webhook.webhook.form == .validating {
            if let call = try await call(of: webhook, review) { calls.append((call, uid())) }
        }
        guard !calls.isEmpty else { return }
        let refusals = try await withThrowingTaskGroup(of: (Int, APIError?).self) { group in
            for (index, (call, uid)) in calls.enumerated() {
                group.addTask { (index, try await refusal(of: call, uid)) }
            }
            return try await group.reduce(into: [Int: APIError]()) { $0[$1.0] = $1.1 }
        }
        if let first = refusals.min(by: { $0.key < $1.key }) { throw first.value }
    }

    private func refusal(of call: Review.Call, _ uid: String) async throws -> APIError? {
        guard let answer = try await answer(to: call, uid) else { return nil }
        return answer.isAllowed ? nil : answer.refusal(by: call.webhook.webhook.name)
    }
}

// MARK: - One webhook

extension WebhookReview {
    /// What a webhook is to be asked; absent when the write is none of its business.
    private func call(of webhook: PlacedWebhook, _ review: Review) async throws -> Review.Call? {
        let settings = webhook.webhook
        guard let served = review.version(for: settings), review.isSelected(by: settings.objects),
            try await isInNamespace(review, settings.namespaces)
        else { return nil }
        let call = Review.Call(review: review, webhook: webhook, served: served)
        guard !settings.conditions.isEmpty else { return call }
        switch settings.conditions.outcome(object: call.object, old: call.old, request: call.request()) {
        case .matches: return call
        case .excludes: return nil
        case .undecided(let why):
            guard settings.failsClosed else { return nil }
            throw review.target.forbidden(because: "match condition of webhook \"\(settings.name)\": \(why)")
        }
    }

    /// Whether the selector of namespaces means the write; what lives in none is always meant.
    private func isInNamespace(_ review: Review, _ selector: LabelSelector) async throws -> Bool {
        guard !selector.isEmpty else { return true }
        if review.kind.groupResource == types.namespace.groupResource {
            let tree = review.object.isNull ? review.old : review.object
            return selector.matches((tree["metadata"]?["labels"] ?? .null).texts)
        }
        guard review.kind.isNamespaced, let namespace = review.target.namespace else { return true }
        let key = ObjectKey(organization: review.organization, name: namespace)
        return selector.matches(try await reader.object(types.namespace, key)?.metadata.labels ?? [:])
    }

    /// Lets one webhook change the object; returns whether it did.
    private func mutate(_ review: inout Review, _ call: Review.Call, _ uid: String) async throws -> Bool {
        let name = call.webhook.webhook.name
        guard let answer = try await answer(to: call, uid) else { return false }
        guard answer.isAllowed else { throw answer.refusal(by: name) }
        guard let patch = answer.patch else { return false }
        guard !review.object.isNull else {
            throw APIError.internalError(
                #"admission webhook "\#(name)" attempted to modify the object, which is not supported for this operation"#
            )
        }
        guard !call.isVeiled else {
            throw APIError.internalError(
                #"admission webhook "\#(name)" attempted to modify an object whose values stay in its organization"#)
        }
        let patched = try patched(review, call, patch)
        guard patched != review.object else { return false }
        review.object = patched
        return true
    }

    /// The whole object with a patch, whose paths are those of the called version.
    private func patched(_ review: Review, _ call: Review.Call, _ patch: JSONPatch) throws -> JSON {
        let mine = review.target.served
        let isOther = review.doorKind == nil && call.served.version.name != mine.version.name
        do throws(JSONPatchError) {
            guard isOther else { return try review.object.applying(patch) }
            let shown = call.served.fromStorage(mine.toStorage(review.object))
            return mine.fromStorage(call.served.toStorage(try shown.applying(patch)))
        } catch {
            throw APIError.internalError(
                #"the patch of admission webhook "\#(call.webhook.webhook.name)" does not fit the object: \#(error)"#)
        }
    }

    /// A webhook's answer; absent when it gave none and that does not matter.
    private func answer(to call: Review.Call, _ uid: String) async throws -> ReviewAnswer? {
        let webhook = call.webhook.webhook
        do {
            let body = try await sender.send(ReviewBody.bytes(call.request(), uid: uid), to: call.webhook)
            let answer: ReviewAnswer
            do {
                answer = try ReviewAnswer(body, to: uid, webhook.form)
            } catch {
                throw WebhookFailure(message: "received invalid webhook response: \(error.message)")
            }
            AdmissionRemarks.current?.add(answer, of: webhook.name)
            return answer
        } catch let failure as WebhookFailure {
            guard webhook.failsClosed else {
                AdmissionRemarks.current?.addUnheard(webhook.name)
                return nil
            }
            throw APIError.internalError(#"failed calling webhook "\#(webhook.name)": \#(failure.message)"#)
        }
    }
}
