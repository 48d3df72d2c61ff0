// SPDX-License-Identifier: Apache-2.0

import Resources

extension FuzzTarget {
    /// The text of `?labelSelector=`: printed, it reads back as itself.
    static let labels = FuzzTarget(
        name: "labels", words: [" in ", " notin ", "!", "==", "!=", "(", ")", "a.b/c", "exists"]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return .refused }
        guard let selector = try? LabelSelector(text) else { return .refused }
        let again = try? LabelSelector(selector.description)
        try hold("\(selector.description) reads back as itself", again == selector)
        _ = selector.matches(["a": "b", "c": ""])
        return .accepted
    }

    /// The text of `?fieldSelector=`: printed, it reads back as itself.
    static let selectedFields = FuzzTarget(
        name: "selected-fields", words: ["==", "!=", "=", ",", #"\,"#, #"\="#, #"\\"#, "metadata.name"]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return .refused }
        guard let selector = try? FieldSelector(text) else { return .refused }
        let again = try? FieldSelector(selector.description)
        try hold("\(selector.description) reads back as itself", again == selector)
        _ = selector.matches { $0 }
        return .accepted
    }
}
