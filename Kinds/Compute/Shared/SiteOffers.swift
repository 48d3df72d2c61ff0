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
    let flavors: [Flavor]
    let images: [Image]
    let externalNetworks: [Network]

    init(_ site: Object?) {
        self.site = site?.metadata.name ?? ""
        flavors = Self.list(site, "flavors")
        images = Self.list(site, "images")
        externalNetworks = Self.list(site, "externalNetworks")
    }

    func flavor(_ name: String) -> Flavor? { flavors.first { $0.name == name } }

    /// By name or id.
    func image(_ name: String) -> Image? {
        images.first { $0.id == name } ?? images.first { $0.name == name }
    }

    /// Why a name cannot be had here, with the names that are most like it.
    func message(_ noun: String, _ name: String, among names: [String]) -> String {
        let nearest = Similarity.nearest(to: name, among: names).joined(separator: ", ")
        let advice = nearest.isEmpty ? "the site offers none" : "nearest: \(nearest)"
        return #"\#(noun) "\#(name)" is not offered at site "\#(site)"; \#(advice)"#
    }

    private static func list<Element: Decodable>(_ site: Object?, _ member: String) -> [Element] {
        (site?.status?[member]?.array ?? []).compactMap { try? $0.decode(Element.self) }
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
