// SPDX-License-Identifier: Apache-2.0

import APIServer
import JSONTree
import ProtobufForms
import Schemas

extension FuzzTarget {
    /// A body in protobuf: the tree that it means can be stored.
    static let protobuf = FuzzTarget(name: "protobuf", words: ["k8s\0", "\n\u{10}", "v1", "ConfigMap", "\u{7F}"]) {
        bytes in
        guard let tree = try? ProtobufBody.tree(bytes, apiVersion: "v1", kind: "ConfigMap") else { return .refused }
        let again = try? JSON(parsing: tree.bytes, limits: .stored)
        try hold("a tree from protobuf can be stored and read", again == tree)
        return .accepted
    }

    /// A path, and below it a query: names in it are never empty, and it is always read the same way.
    static let requests = FuzzTarget(
        name: "requests",
        words: [
            "/api/v1", "/apis/", "/organizations/", "/namespaces/", "%2F", "%00", "%", "..", "//", "watch=1", "&", "+",
        ]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return .refused }
        let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let path = RequestPath(lines[0])
        try hold("a path is read the same way each time", RequestPath(lines[0]) == path)
        if case .resource(let request) = path {
            for part in [request.namespace, request.name, request.subresource] {
                try hold("no part of a path is empty", part?.isEmpty != true)
            }
        }
        guard lines.count > 1 else { return .accepted }
        guard let query = try? Query(lines[1]) else { return .refused }
        _ = try? query.integer("limit")
        _ = query.flag("watch")
        return .accepted
    }

    /// A CustomResourceDefinition: judged without harm; if it is fine, its schema prints as it was read, and completing an
    /// object twice is completing it once.
    static let definitions = FuzzTarget(
        name: "definitions",
        words: [
            #""x-kubernetes-preserve-unknown-fields":true,"#, #""type":"object","#, #""nullable":true,"#,
            #""default":1,"#,
            #""pattern":"(a+)+$","#, #""x-kubernetes-validations":[{"rule":"self == oldSelf"}],"#, #""allOf":[{}],"#,
            #""items":{},"#, #""additionalProperties":{},"#, #""maxLength":-1,"#, #""enum":[1],"#, "1e999",
        ]
    ) { bytes in
        guard var tree = try? JSON(parsing: bytes), tree.object != nil else { return .refused }
        // The server itself keeps the books of the versions that are stored.
        tree["status"] = ["storedVersions": .array([.string(Definition(tree).storageVersion ?? "")])]
        let definition = Definition(tree)
        let issues = definition.issues(replacing: nil, isEstablished: false)
        try hold("the same is found each time", definition.issues(replacing: nil, isEstablished: false) == issues)
        guard issues.isEmpty else { return .refused }
        let kind = definition.kind(as: definition.names)
        for version in kind.versions {
            let schema = version.schema
            let printed = schema.openAPI
            try hold("a schema prints as it was read", Schema(openAPI: printed).openAPI == printed)
            let sample = tree["metadata"]?["annotations"]?["sample"]?.string.flatMap { try? JSON(parsing: $0) } ?? tree
            let completed = schema.defaulted(schema.pruned(sample).tree)
            try hold("what is complete is complete", schema.defaulted(completed) == completed)
            try hold("what is pruned is pruned", schema.pruned(completed).tree == completed)
            _ = schema.issues(in: completed)
        }
        return .accepted
    }
}
