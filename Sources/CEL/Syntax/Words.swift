// SPDX-License-Identifier: Apache-2.0

/// Words that are no names, and how Kubernetes writes the names of fields that CEL could not read.
package enum Words {
    static let literals: Set<String> = ["true", "false", "null"]

    /// Words that the language keeps for itself.
    ///
    /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
    static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    ]

    /// The name under which an expression reaches a field; absent when none can.
    ///
    /// https://kubernetes.io/docs/reference/using-api/cel/#escaping
    package static func escaped(_ name: String) -> String? {
        if reserved.contains(name) || literals.contains(name) || name == "in" { return "__\(name)__" }
        guard let first = name.unicodeScalars.first, !first.isDigit else { return nil }
        var result = ""
        var scalars = name.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "_" where scalars.first == "_":
                scalars.removeFirst()
                result += "__underscores__"
            case ".": result += "__dot__"
            case "-": result += "__dash__"
            case "/": result += "__slash__"
            case _ where scalar.isWordStart || scalar.isDigit: result.unicodeScalars.append(scalar)
            default: return nil
            }
        }
        return result
    }
}
