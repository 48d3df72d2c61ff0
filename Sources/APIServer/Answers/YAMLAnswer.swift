// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Merging
import Serving
import YAMLTree

extension Response {
    /// The same answer in YAML, members in the order of their names, as upstream prints it; a stream stays as it is.
    mutating func becomeYAML() throws {
        guard case .bytes(let bytes) = body, headers[.contentType] == "application/json" else { return }
        let tree = try JSON(parsing: bytes, limits: .stored).sortedByKey
        let text = YAML.lines(tree).joined(separator: "\n") + "\n"
        headers[.contentType] = AnswerForm.yaml
        body = .bytes(Array(text.utf8))
    }
}
