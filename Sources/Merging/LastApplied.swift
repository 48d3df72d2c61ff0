// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// What kubectl's client-side apply left behind, when kubectl goes over to server-side apply.
///
/// Its annotation says what it applied last: such fields are its own, so taking them is no conflict, and the annotation is
/// kept up to date for a kubectl that goes back.
/// https://kubernetes.io/docs/reference/using-api/server-side-apply/#upgrading-from-client-side-apply-to-server-side-apply
struct LastApplied {
    private static let annotation = "kubectl.kubernetes.io/last-applied-configuration"
    /// The most bytes that all annotations of an object may have.
    private static let mostBytes = 256 << 10
    private static let manager = "kubectl"

    private let ownership: Ownership
    private let live: JSON
    private let configuration: JSON
    private let text: String?

    init(_ ownership: Ownership, _ live: JSON, _ configuration: JSON) {
        self.ownership = ownership
        self.live = live
        self.configuration = configuration
        let isKubectl = ownership.writer.name == Self.manager
        text = isKubectl ? live["metadata"]?["annotations"]?[Self.annotation]?.string : nil
    }

    /// The conflicts that are left when those count for nothing that are about kubectl's own fields.
    func remaining(_ conflicts: [FieldConflict]) -> [FieldConflict] {
        guard !conflicts.isEmpty, let text, let last = try? JSON(parsing: text),
            last["apiVersion"]?.string == ownership.writer.apiVersion
        else { return conflicts }
        var reading = AppliedFields(ownership.shape)
        let comparison = Comparison(last, live, ownership.shape)
        let own = reading.fields(of: last).subtracting(comparison.changed).subtracting(comparison.removed)
        let rest = conflicts.map { FieldConflict($0, $0.fields.subtracting(own)) }
        return rest.filter { !$0.fields.isEmpty }
    }

    /// The object with the annotation brought up to date; the very same one when there was none.
    func updated(_ object: JSON) -> JSON {
        guard text != nil else { return object }
        var applied = configuration
        applied.setAnnotation(Self.annotation, nil)
        var result = object
        result.setAnnotation(Self.annotation, .string(applied.sortedByKey.text + "\n"))
        let annotations = result["metadata"]?["annotations"]?.object?.members ?? []
        let bytes = annotations.reduce(0) { $0 + $1.key.utf8.count + ($1.value.string?.utf8.count ?? 0) }
        if bytes > Self.mostBytes { result.setAnnotation(Self.annotation, nil) }
        return result
    }
}

extension JSON {
    fileprivate mutating func setAnnotation(_ name: String, _ value: JSON?) {
        guard var annotations = self["metadata"]?["annotations"] ?? value.map({ _ in .object(JSONObject()) }) else {
            return
        }
        annotations[name] = value
        var metadata = self["metadata"] ?? .object(JSONObject())
        metadata["annotations"] = annotations.object?.isEmpty == true ? nil : annotations
        self["metadata"] = metadata
    }
}
