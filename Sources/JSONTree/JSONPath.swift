// SPDX-License-Identifier: Apache-2.0

/// Where a value stands in a tree, in the subset of JSONPath that CRD columns use: `.status.addresses[0].address`.
package struct JSONPath: Hashable, Sendable {
    package enum Element: Hashable, Sendable {
        case member(String)
        case index(Int)
        /// `[*]`: every element or member.
        case every
        /// `[?(@.type=="Ready")]`: the elements whose member at the path equals the text.
        case filter(path: [String], equals: String)
    }

    package let elements: [Element]

    package init(_ elements: [Element]) { self.elements = elements }
}
