// SPDX-License-Identifier: Apache-2.0

import CEL
import JSONTree
import Resources

/// An expression over a token's claims, or over the user that was made of them.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#configuring-the-api-server
struct ClaimExpression: Sendable {
    /// What an expression reads.
    enum Subject: Sendable {
        /// `claims`: the token's.
        case claims
        /// `user`: with `username`, `uid`, `groups`, `extra`.
        case user

        fileprivate var name: String { self == .claims ? "claims" : "user" }
        fileprivate var shape: Shape { self == .claims ? .map(.dyn) : Self.userShape }

        private static let userShape = Shape.object(
            ObjectShape(
                name: "kubernetes.UserInfo",
                fields: [
                    .init(key: "username", shape: .string), .init(key: "uid", shape: .string),
                    .init(key: "groups", shape: .list(.string, .atomic)),
                    .init(key: "extra", shape: .map(.list(.string, .atomic))),
                ]))
    }

    /// What an expression may cost, as upstream has it.
    private static let limit: Int64 = 1_000_000
    let source: String
    private let program: Program
    private let shape: Shape

    /// Throws what is wrong with the text, or that it cannot give one of these types.
    init(_ source: String, on subject: Subject, giving types: [ValueType]) throws(ExpressionProblem) {
        do throws(CompileError) {
            program = try Program(source, variables: [Variable(subject.name, subject.shape.type)])
        } catch {
            throw ExpressionProblem(message: "compilation failed: \(error.description)")
        }
        guard program.type == .dyn || types.contains(program.type) else {
            let words = types.map(\.description).joined(separator: " or ")
            throw ExpressionProblem(message: "must return \(words), returns \(program.type)")
        }
        self.source = source
        shape = subject.shape
    }

    func isTrue(of tree: JSON) -> Bool { value(of: tree)?.bool == true }

    /// The texts that it gives: one, several, or none for an empty text, an empty list or null; absent when it fails.
    func texts(of tree: JSON) -> [String]? {
        switch value(of: tree) {
        case .string(let text): return text.isEmpty ? [] : [text]
        case .null: return []
        case .list(let list):
            let texts = list.map(\.string)
            guard texts.allSatisfy({ $0 != nil }) else { return nil }
            return texts.compactMap(\.self).filter { !$0.isEmpty }
        default: return nil
        }
    }

    private func value(of tree: JSON) -> Value? {
        try? program.run([Value(tree, as: shape)], limit: Self.limit).result.get()
    }
}

/// Why a text is no usable expression.
struct ExpressionProblem: Error, Hashable {
    let message: String
}
