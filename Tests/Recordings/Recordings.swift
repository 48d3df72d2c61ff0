// SPDX-License-Identifier: Apache-2.0

import CZlib
import FoundationEssentials
import JSONTree

/// The recorded conversation with a real Kubernetes API server, which our answers are compared with.
package enum Recordings {
    /// The names of all groups, in their order.
    package static let groups = [
        "crud-errors", "server-side-apply", "patches", "delete", "list-watch-table", "subresources", "builtins",
        "crd-lifecycle", "discovery",
    ]

    /// A group's cases in their order; throws when the file cannot be read.
    package static func cases(_ group: String) throws -> [RecordedCase] {
        var names: [String] = []
        var steps: [String: [RecordedStep]] = [:]
        for line in try unpacked().split(separator: UInt8(ascii: "\n")) {
            let tree = try JSON(parsing: Array(line))
            guard tree["group"]?.string == group, let name = tree["case"]?.string else { continue }
            if steps[name] == nil { names.append(name) }
            steps[name, default: []].append(RecordedStep(tree))
        }
        return names.map { RecordedCase(group: group, name: $0, steps: steps[$0] ?? []) }
    }

    struct Broken: Error { let code: Int32 }

    private static func unpacked(_ source: String = #filePath) throws -> [UInt8] {
        let folder = source.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        var packed = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/kubernetes-api.jsonl.gz")))
        // The unpacked length stands in the last four bytes. https://www.rfc-editor.org/rfc/rfc1952
        let length = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        var stream = z_stream()
        // 15 + 16: the largest window, with gzip's header.
        let begun = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard begun == Z_OK else { throw Broken(code: begun) }
        defer { inflateEnd(&stream) }
        let size = UInt32(packed.count)
        return try packed.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = size
            return try [UInt8](unsafeUninitializedCapacity: length) { output, count in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(length)
                let code = inflate(&stream, Z_FINISH)
                guard code == Z_STREAM_END else { throw Broken(code: code) }
                count = length
            }
        }
    }
}
