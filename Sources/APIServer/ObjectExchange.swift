// SPDX-License-Identifier: Apache-2.0

import Clients
import HTTPTypes
import JSONTree
import Resources
import Schemas
import Serving
import Stores

/// One HTTP request about objects, from its method to its answer.
struct ObjectExchange: Sendable {
    let handler: Handler
    let request: Request
    let target: Target
    let sender: UserInfo
    /// Whom the sender acts as, mostly the same.
    let user: UserInfo

    private var objects: Objects { handler.objects }
    private var userAgent: String { request.headers[.userAgent] ?? "" }
    private var resource: GroupResource { target.kind.groupResource }

    /// What is asked, with its body read.
    private enum Work: Sendable {
        case get, list, watch
        case create(ParsedJSON)
        case act(ParsedJSON)
        case update(ParsedJSON)
        case patch(Patch)
        case delete(DeletionSettings)
        case deleteAll(DeletionSettings)

        var isWatch: Bool { if case .watch = self { true } else { false } }
    }

    /// Does the work and records it; never throws.
    func answer(isWatchPath: Bool) async -> Answer {
        var record = AuditRecord(
            id: request.id, uri: request.query.isEmpty ? request.path : "\(request.path)?\(request.query)",
            verb: request.method.rawValue.lowercased(), user: sender,
            impersonated: user == sender ? nil : user, organizations: target.organizations,
            sourceAddress: request.remoteAddress, userAgent: userAgent, target: target,
            receivedAt: objects.surroundings.now())
        let remarks = AdmissionRemarks()
        do {
            let query = try Query(request.query)
            let limit = try RequestTimeout.limit(query["timeout"])
            let verb = try verb(query, isWatchPath: isWatchPath)
            record.verb = verb
            let admission = try await handler.admit(
                verb, startsWithList: WatchOptions.startsWithList(query), of: user, within: limit)
            let work = try await read(verb, query, within: limit)
            record.body = audited(work)
            if !Objects.readVerbs.contains(verb) { try await handler.auditor.received(record) }
            var response = try await AdmissionRemarks.$current.withValue(remarks) {
                try await perform(work, query, within: limit)
            }
            if isYAML, !work.isWatch { try response.becomeYAML() }
            for warning in remarks.warnings { response.warn(warning) }
            record.annotations = remarks.annotations
            response.body = admission.held(over: response.body)
            if let deprecation = target.served.version.deprecation { response.warn(deprecation) }
            let stage: AuditRecord.Stage = verb == "watch" ? .started : .complete
            await handler.auditor.answered(record, stage, code: response.status.code)
            return Answer(response, verb: verb, resource: resource)
        } catch {
            let known = APIError(error)
            record.annotations = remarks.annotations
            await handler.auditor.answered(record, code: known.reason.code, reason: known.reason.text)
            var answer = Answer.error(known, verb: record.verb, resource: resource)
            for warning in remarks.warnings { answer.response.warn(warning) }
            return answer
        }
    }

    private func verb(_ query: Query, isWatchPath: Bool) throws(APIError) -> String {
        let isOne = target.name != nil
        switch request.method {
        case .get where isWatchPath: return "watch"
        case .get where isOne: return "get"
        case .get: return query.flag("watch") ? "watch" : "list"
        case .post where !isOne || target.kind.actions.contains { $0.name == target.subresource }: return "create"
        case .put where isOne: return "update"
        case .patch where isOne: return "patch"
        case .delete where isOne: return "delete"
        case .delete where !target.kind.isDeletedOneByOne: return "deletecollection"
        case .post where target.kind.origin != .builtIn && target.subresource != nil:
            throw APIError.methodNotSupported("create", resource)
        case .put where target.kind.origin != .builtIn, .patch where target.kind.origin != .builtIn:
            throw APIError.badRequest("name must be provided")
        case .options where target.kind.origin != .builtIn: throw APIError.methodNotSupported("options", resource)
        default: throw APIError.methodNotAllowed
        }
    }

    /// A body has to come in time, too.
    private func read(_ verb: String, _ query: Query, within limit: Duration) async throws -> Work {
        guard !Objects.readVerbs.contains(verb) else { return try await work(verb, query) }
        return try await within(limit) { try await work(verb, query) }
    }

    /// Refuses doors that the kind does not have, then reads the body.
    private func work(_ verb: String, _ query: Query) async throws -> Work {
        try checkDoor(verb)
        let reader = BodyReader(request: request)
        switch verb {
        case "get": return .get
        case "list": return .list
        case "watch": return .watch
        case "create":
            let body = try await reader.object(target)
            return target.subresource == nil ? .create(body) : .act(body)
        case "update": return .update(try await reader.object(target))
        case "patch": return .patch(try await reader.patch(target, isForced: query.flag("force")))
        case "delete": return .delete(try DeletionSettings(query, body: try await reader.deletion()))
        default: return .deleteAll(try DeletionSettings(query, body: try await reader.deletion()))
        }
    }

    private func checkDoor(_ verb: String) throws(APIError) {
        if case .answered(_) = target.kind.form, verb != "create" {
            throw APIError.methodNotAllowed
        }
        guard let door = target.subresource else { return }
        let version = target.served.version
        let isReadOrWritten =
            (door == "status" && version.hasStatus) || (door == Target.scaleDoor && version.scale != nil)
        if isReadOrWritten {
            guard ["get", "update", "patch"].contains(verb) else { throw .methodNotSupported(verb, resource) }
            return
        }
        guard verb == "create", target.kind.actions.contains(where: { $0.name == door }) else {
            guard target.served.isUpstreamType else { throw target.notFound(target.name ?? "") }
            throw APIError(.notFound, "the server could not find the requested resource")
        }
    }

    private func audited(_ work: Work) -> JSON? {
        switch work {
        case .create(let body), .update(let body): target.kind.audited(body.tree, isWhole: true)
        case .act(let body): target.kind.audited(body.tree, isWhole: false)
        case .patch(let patch): target.kind.audited(patch.body, isWhole: false)
        case .get, .list, .watch, .delete, .deleteAll: nil
        }
    }
}

// MARK: - Doing it

extension ObjectExchange {
    private func perform(_ work: Work, _ query: Query, within limit: Duration) async throws -> Response {
        guard !work.isWatch else { return try await perform(work, query) }
        return try await within(limit) { try await perform(work, query) }
    }

    private func within<Value: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let deadlines = handler.settings.deadlines else { return try await body() }
        return try await deadlines.within(limit, body)
    }

    /// Upstream streams the list of a kind of its own as objects only.
    private func mustStreamObjects(_ query: Query) -> Bool {
        target.served.isUpstreamType && query["sendInitialEvents"] != nil
    }

    private func perform(_ work: Work, _ query: Query) async throws -> Response {
        let form = try AnswerForm.negotiated(
            request.headers[.accept], isPlain: !target.kind.isStored || work.isWatch && mustStreamObjects(query))
        let presenter = try presenter(form, query)
        switch work {
        case .get where isScale: return .json(try await objects.scale(target, by: user))
        case .get:
            _ = try ListOptions.revision(query["resourceVersion"])
            return try one(await objects.get(target, by: user), presenter).compressible
        case .list:
            let options = try ListOptions(query, of: target.served)
            return try await LongWork.run {
                let page = try await objects.list(target, options, by: user)
                return try Response.json(ListBody(page, presenter).body(isWhole: isYAML)).compressible
            }
        case .watch: return try await watch(query, presenter)
        case .create(let body):
            let settings = try WriteSettings(query, options: "CreateOptions", userAgent: userAgent)
            return try written(await objects.create(target, body, settings, by: user), presenter)
        case .act(let body): return .json(try await objects.act(target, body.tree, by: user), status: 201)
        case .update(let body):
            let settings = try WriteSettings(query, options: "UpdateOptions", userAgent: userAgent)
            guard !isScale else { return try await rescale("update", settings) { _ in body.tree } }
            return try written(await objects.update(target, body, settings, by: user), presenter)
        case .patch(let patch):
            let settings = try WriteSettings(query, of: patch, userAgent: userAgent)
            guard !isScale else {
                return try await rescale("patch", settings) { try PatchWork(target).apply(patch, to: $0) }
            }
            return try written(await objects.patch(target, patch, settings, by: user), presenter)
        case .delete(let settings):
            switch try await objects.delete(target, settings, by: user) {
            case .gone(let uid): return .deleted(target, uid: uid)
            case .held(let stored): return try one(stored, presenter)
            }
        case .deleteAll(let settings):
            let options = try ListOptions(query, of: target.served)
            return try await LongWork.run {
                let page = try await objects.deleteAll(target, options, settings, by: user)
                return .json(try ListBody(page, presenter).body(isWhole: isYAML))
            }
        }
    }

    private var isYAML: Bool { AnswerForm.isYAML(request.headers[.accept]) }
    private var isScale: Bool { target.subresource == Target.scaleDoor }

    private func rescale(
        _ verb: String, _ settings: WriteSettings, _ change: (JSON) throws -> JSON
    ) async throws -> Response {
        .json(try await objects.rescale(target, verb: verb, settings, by: user, change))
    }

    private func presenter(_ form: AnswerForm, _ query: Query) throws(APIError) -> Presenter {
        var rows = Presenter.RowObject.metadata
        if case .table = form, let text = query["includeObject"] {
            guard let known = Presenter.RowObject(rawValue: text) else {
                throw APIError(
                    .badRequest,
                    "Unable to convert to Table as requested: includeObject: Invalid value: \"\(text.shortened)\": must be 'Metadata', 'Object', 'None', or empty"
                )
            }
            rows = known
        }
        return Presenter(target, form, rowObject: rows, now: objects.surroundings.seconds)
    }

    private func one(_ stored: Stored, _ presenter: Presenter) throws -> Response {
        .json(try ListBody(stored, presenter).body())
    }

    private func written(_ written: Written, _ presenter: Presenter) throws -> Response {
        .json(
            try ListBody(written.stored, presenter).body(), status: written.isCreated ? 201 : 200,
            warnings: written.warnings)
    }

    private func watch(_ query: Query, _ presenter: Presenter) async throws -> Response {
        var options = try WatchOptions(query, of: target.served)
        if let name = target.name {
            options.selection = try Selection(
                labels: query["labelSelector"], fields: "metadata.name=\(name)", of: target.served)
        }
        let running: ObjectWatch
        do {
            running = try await objects.watch(target, options, by: user)
        } catch let error as APIError where error.reason == .expired {
            return .json(WatchBody.expired(error))
        }
        let body = WatchBody(
            watch: running, presenter: presenter, wantsBookmarks: options.wantsBookmarks,
            timeout: options.timeoutSeconds.map { .seconds(min($0, 86_400)) } ?? handler.settings.watchTimeout(),
            clock: handler.settings.clock, shared: handler.shared)
        return .json(.stream { writer in try await body.send(to: writer) })
    }
}
