// SPDX-License-Identifier: Apache-2.0

/// Keys of log records, so that one search finds an object, a site or a request in all of them.
package enum LogKey {
    package static let objectKind = "object.kind"
    package static let objectOrganization = "object.organization"
    package static let objectNamespace = "object.namespace"
    package static let objectName = "object.name"
    package static let objectUID = "object.uid"
    package static let siteName = "site.name"
    package static let projectName = "project.name"
    package static let userName = "user.name"
    /// Ours, as it stands in the answer's headers and in the audit record.
    package static let requestID = "request.id"
    /// The foreign system's, for the questions that we ask its operator.
    package static let foreignRequestID = "foreign.request.id"
    package static let httpMethod = "http.method"
    /// Never with a query.
    package static let httpPath = "http.path"
    package static let httpStatus = "http.status"
    /// With scheme, host and port; never with a query.
    package static let httpAddress = "http.address"
    /// Of an outgoing request: a site's name.
    package static let peerName = "peer.name"
    package static let controllerName = "controller.name"
    package static let host = "host"
    package static let port = "port"
    /// What a pass did.
    package static let steps = "pass.steps"
    /// Ids of encryption keys, never the keys.
    package static let keys = "encryption.ids"
    package static let count = "count"
    package static let duration = "duration"
    package static let outcome = "outcome"
    package static let reason = "reason"
    package static let revision = "revision"
    package static let error = "error"
}
