// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

/// What a site says that it offers, read from the status of its object.
struct SiteOffers: Hashable, Sendable {
    struct Flavor: Codable, Hashable, Sendable {
        var name: String
        var id: String
        var vcpus: Int?
        var ramMiB: Int?
        /// 0 means that a server needs a root volume.
        var diskGiB: Int?
    }

    struct Image: Codable, Hashable, Sendable {
        var name: String
        var id: String
        var minDiskGiB: Int?
        var minRAMMiB: Int?
    }

    struct Network: Codable, Hashable, Sendable {
        var name: String
        var id: String
    }

    let site: String
    private let status: JSON

    init(_ site: Object?) {
        self.site = site?.metadata.name ?? ""
        status = site?.status ?? .null
    }

    var flavors: [Flavor] { all("flavors") }
    var images: [Image] { all("images") }
    var externalNetworks: [Network] { all("externalNetworks") }

    func flavor(_ name: String) -> Flavor? { first("flavors", "name", name) }

    /// By name or id.
    func image(_ name: String) -> Image? { first("images", "id", name) ?? first("images", "name", name) }

    /// Why a name cannot be had here, with the names that are most like it.
    func message(_ noun: String, _ name: String, among names: [String]) -> String {
        let nearest = Similarity.nearest(to: name, among: names).joined(separator: ", ")
        let advice = nearest.isEmpty ? "the site offers none" : "nearest: \(nearest)"
        return #"\#(noun) "\#(name)" is not offered at site "\#(site)"; \#(advice)"#
    }

    private func all<Element: Decodable>(_ list: String) -> [Element] {
        (status[list]?.array ?? []).compactMap { try? $0.decode(Element.self) }
    }

    /// A site may offer hundreds, so only the one that is meant is decoded.
    private func first<Element: Decodable>(_ list: String, _ member: String, _ text: String) -> Element? {
        let elements = status[list]?.array ?? []
        return elements.first { $0[member] == .string(text) }.flatMap { try? $0.decode(Element.self) }
    }
}

/// Finds the names that somebody may have meant.
enum Similarity {
    /// The names with the fewest letters to change, at most `count`, the nearest first.
    static func nearest(to name: String, among names: [String], count: Int = 3) -> [String] {
        Set(names).map { (distance(name.lowercased(), $0.lowercased()), $0) }.sorted { $0 < $1 }.prefix(count)
            .map(\.1)
    }

    /// How many letters must be put in, taken out or changed (Levenshtein).
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let change = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[right.count]
    }
}
