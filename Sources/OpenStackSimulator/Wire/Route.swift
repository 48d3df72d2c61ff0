// SPDX-License-Identifier: Apache-2.0

/// Which call is which operation.
struct Route: Sendable {
    let method: String
    /// Parts of the path; `*` is a parameter.
    let pattern: [Substring]
    let needsToken: Bool
    let run: @Sendable (inout SiteState, Call) throws(Refusal) -> Answer

    init(
        _ method: String, _ path: String, needsToken: Bool = true,
        _ run: @escaping @Sendable (inout SiteState, Call) throws(Refusal) -> Answer
    ) {
        self.method = method
        pattern = path.split(separator: "/")
        self.needsToken = needsToken
        self.run = run
    }

    /// The parameters, when the path is ours.
    func match(_ method: String, _ path: [Substring]) -> [String]? {
        guard method == self.method, path.count == pattern.count else { return nil }
        var parameters: [String] = []
        for (part, wanted) in zip(path, pattern) {
            if wanted == "*" {
                parameters.append(part.percentDecoded)
            } else if part != wanted {
                return nil
            }
        }
        return parameters
    }

    static let all = identity + compute + network + image + volume
}

extension StringProtocol {
    /// With `%20` and `+` read as the spaces that they are.
    var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
