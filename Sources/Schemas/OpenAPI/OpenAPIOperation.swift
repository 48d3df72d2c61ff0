// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// One verb on one path.
struct OpenAPIOperation {
    var id: String
    var method: String
    /// What upstream calls it in `x-kubernetes-action`.
    var action: String
    /// The kind that the operation is about.
    var kind: JSON
    var parameters: [OpenAPIParameter] = []
    /// The schema of the body; absent when it takes none.
    var body: String?
    var bodyTypes = ["application/json", "application/yaml"]
    /// The schema of the answer; absent when it is not described.
    var answer: String?
    var code = "200"

    var tree: JSON {
        var tree: JSON = ["operationId": .string(id)]
        if !parameters.isEmpty { tree["parameters"] = .array(parameters.map(\.tree)) }
        if let body {
            let content = bodyTypes.map { ($0, ["schema": OpenAPIMeta.reference(body)] as JSON) }
            tree["requestBody"] = ["content": .object(JSONObject(content)), "required": .bool(method != "delete")]
        }
        var response: JSON = ["description": code == "201" ? "Created" : "OK"]
        if let answer {
            response["content"] = ["application/json": ["schema": OpenAPIMeta.reference(answer)]]
        }
        tree["responses"] = .object(JSONObject([(code, response)]))
        tree["x-kubernetes-action"] = .string(action)
        tree["x-kubernetes-group-version-kind"] = kind
        return tree
    }
}

/// One parameter of a path or a query.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/common-parameters/common-parameters/
struct OpenAPIParameter {
    let name: String
    let description: String
    var type = "string"
    var isPath = false

    static let name = OpenAPIParameter(name: "name", description: "Name of the object.", isPath: true)
    static let namespace = OpenAPIParameter(name: "namespace", description: "Namespace of the object.", isPath: true)
    static let dryRun = OpenAPIParameter(name: "dryRun", description: "All: check and answer, change nothing.")
    static let force = OpenAPIParameter(
        name: "force", description: "Take over fields that another manager has.", type: "boolean")

    static let write = [
        dryRun,
        OpenAPIParameter(name: "fieldManager", description: "Who writes, as managed fields name it."),
        OpenAPIParameter(
            name: "fieldValidation",
            description: "What becomes of unknown and doubled fields: Ignore, Warn or Strict (refuse)."),
    ]

    static let delete = [
        dryRun,
        OpenAPIParameter(name: "gracePeriodSeconds", description: "Seconds that it may take to end.", type: "integer"),
        OpenAPIParameter(
            name: "propagationPolicy",
            description: "What becomes of the objects that belong to it: Orphan, Background or Foreground."),
    ]

    static let list = [
        OpenAPIParameter(name: "allowWatchBookmarks", description: "Send bookmarks in a watch.", type: "boolean"),
        OpenAPIParameter(name: "continue", description: "Token of the part of the list before."),
        OpenAPIParameter(name: "fieldSelector", description: "Only objects whose fields match."),
        OpenAPIParameter(name: "labelSelector", description: "Only objects whose labels match."),
        OpenAPIParameter(name: "limit", description: "How many objects at most.", type: "integer"),
        OpenAPIParameter(name: "resourceVersion", description: "Not older than this."),
        OpenAPIParameter(name: "resourceVersionMatch", description: "How to understand resourceVersion."),
        OpenAPIParameter(name: "timeoutSeconds", description: "Seconds after which a watch ends.", type: "integer"),
        OpenAPIParameter(name: "watch", description: "Stream the changes.", type: "boolean"),
    ]

    var tree: JSON {
        var tree: JSON = [
            "name": .string(name), "in": isPath ? "path" : "query", "description": .string(description),
        ]
        if isPath { tree["required"] = true }
        tree["schema"] = ["type": .string(type), "uniqueItems": true]
        return tree
    }
}
