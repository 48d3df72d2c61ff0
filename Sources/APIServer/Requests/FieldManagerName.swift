// SPDX-License-Identifier: Apache-2.0

import Resources

/// What a field manager may be called.
enum FieldManagerName {
    /// As upstream, in bytes.
    static let longest = 128

    /// Throws `invalid` for a name that is too long or cannot be printed; `kind` names the options in the error.
    static func check(_ name: String, options kind: String) throws(APIError) {
        guard name.utf8.count <= longest else {
            throw .option(kind, "fieldManager", .tooLong, "may not be more than \(longest) bytes")
        }
        for (position, scalar) in name.unicodeScalars.enumerated() where !isPrintable(scalar) {
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            throw .option(
                kind, "fieldManager", .invalid, "invalid character U+\(code) (at position \(position))")
        }
    }

    /// The program's own name: what stands in front of the first slash, as much of it as may be.
    static func of(userAgent: String) -> String {
        var name = ""
        for scalar in userAgent.unicodeScalars.prefix(while: { $0 != "/" }) where isPrintable(scalar) {
            guard name.utf8.count + UTF8.width(scalar) <= longest else { break }
            name.unicodeScalars.append(scalar)
        }
        return name
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }
}
