// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources
import YAMLTree

/// Reads a YAML body: one document, without anchors.
package enum YAMLBody {
    /// The tree; throws `APIError.badRequest` with the line of the mistake.
    package static func tree(_ bytes: [UInt8]) throws(APIError) -> JSON {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw refusal("the body is not UTF-8") }
        let documents: [JSON]
        do { documents = try YAML.documents(text) } catch { throw refusal(error.description) }
        guard documents.count < 2 else { throw refusal("several documents; send one a request") }
        return documents.first ?? .null
    }

    private static func refusal(_ problem: String) -> APIError {
        APIError(.badRequest, "error decoding YAML: \(problem)")
    }
}
