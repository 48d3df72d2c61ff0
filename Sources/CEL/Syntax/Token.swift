// SPDX-License-Identifier: Apache-2.0

/// One word of an expression.
struct Token {
    enum Form: Equatable {
        case identifier(String)
        /// The magnitude; a sign before it is an operator.
        case integer(UInt64)
        case unsigned(UInt64)
        case floating(Double)
        case string(String)
        case bytes([UInt8])
        case symbol(Symbol)
        case end
    }

    /// Everything that is no word and no literal, as it is spelled.
    enum Symbol: String, CaseIterable {
        case and = "&&"
        case or = "||"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case equal = "=="
        case notEqual = "!="
        case `in` = "in"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divide = "/"
        case modulo = "%"
        case not = "!"
        case question = "?"
        case colon = ":"
        case comma = ","
        case dot = "."
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBracket = "["
        case closeBracket = "]"
        case openBrace = "{"
        case closeBrace = "}"
    }

    var form: Form
    /// Scalars before it.
    var position: Int
}
