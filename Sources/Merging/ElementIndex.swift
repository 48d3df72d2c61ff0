// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// The elements of a list map or a set by what tells them apart.
struct ElementIndex {
    let elements: [JSON]
    /// What each element is told apart by; absent for one that cannot be.
    let keys: [PathElement?]
    private var places: [PathElement: [Int]] = [:]

    init(_ elements: [JSON], _ list: Shape.List) {
        self.elements = elements
        keys = elements.map { list.element(of: $0) }
        for (index, key) in keys.enumerated() {
            if let key { places[key, default: []].append(index) }
        }
    }

    /// Each key once, in the order of the list.
    var distinct: [PathElement] {
        keys.enumerated().compactMap { index, key in key.flatMap { places[$0]?.first == index ? $0 : nil } }
    }

    func contains(_ key: PathElement) -> Bool { places[key] != nil }

    /// The elements with this key, more than one in a list that is no map.
    subscript(key: PathElement) -> [JSON] { places[key]?.map { elements[$0] } ?? [] }

    /// The element with this key; absent when there are several.
    func single(_ key: PathElement) -> JSON? {
        guard let places = places[key], places.count == 1 else { return nil }
        return elements[places[0]]
    }
}
