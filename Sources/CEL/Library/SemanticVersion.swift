// SPDX-License-Identifier: Apache-2.0

/// A version of three numbers. https://semver.org
struct SemanticVersion: ExtendedValue, Hashable, Comparable {
    static let typeName = "kubernetes.Semver"

    let major: UInt64
    let minor: UInt64
    let patch: UInt64
    let prerelease: [String]
    let build: [String]

    /// Absent when the text is no version.
    ///
    /// - Parameter isLenient: takes a leading `v`, missing numbers and zeros in front, too.
    init?(_ text: String, isLenient: Bool = false) {
        var rest = text[...]
        if isLenient, rest.hasPrefix("v") { rest.removeFirst() }
        let build = rest.firstIndex(of: "+").map { rest[rest.index(after: $0)...] }
        rest = rest.prefix { $0 != "+" }
        let prerelease = rest.firstIndex(of: "-").map { rest[rest.index(after: $0)...] }
        rest = rest.prefix { $0 != "-" }
        var numbers = rest.split(separator: ".", omittingEmptySubsequences: false).map { Self.number($0, isLenient) }
        if isLenient { while numbers.count < 3 { numbers.append(0) } }
        guard numbers.count == 3, let major = numbers[0], let minor = numbers[1], let patch = numbers[2],
            let prerelease = Self.words(prerelease), let build = Self.words(build),
            prerelease.allSatisfy({ Self.isPlain($0) })
        else { return nil }
        (self.major, self.minor, self.patch) = (major, minor, patch)
        (self.prerelease, self.build) = (prerelease, build)
    }

    private static func number(_ text: Substring, _ isLenient: Bool) -> UInt64? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), isLenient || isPlain(String(text)) else {
            return nil
        }
        return UInt64(text)
    }

    /// Whether a number has no zero in front; words pass.
    private static func isPlain(_ text: String) -> Bool {
        !text.hasPrefix("0") || text.utf8.count == 1 || !text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The words between dots; none when nothing is given, absent when one of them is no word.
    private static func words(_ text: Substring?) -> [String]? {
        guard let text else { return [] }
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        let areGood = words.allSatisfy { word in
            !word.isEmpty && word.unicodeScalars.allSatisfy { $0.isDigit || $0.isWordStart && $0 != "_" || $0 == "-" }
        }
        return areGood ? words.map(String.init) : nil
    }

    static func == (left: Self, right: Self) -> Bool { !(left < right) && !(right < left) }

    func hash(into hasher: inout Hasher) {
        hasher.combine([major, minor, patch])
        hasher.combine(prerelease)
    }

    static func < (left: Self, right: Self) -> Bool {
        let (one, two) = ((left.major, left.minor, left.patch), (right.major, right.minor, right.patch))
        if one != two { return one < two }
        if left.prerelease.isEmpty || right.prerelease.isEmpty {
            return !left.prerelease.isEmpty && right.prerelease.isEmpty
        }
        for (left, right) in zip(left.prerelease, right.prerelease) where left != right {
            return switch (UInt64(left), UInt64(right)) {
            case (let left?, let right?): left < right
            case (.some, nil): true
            case (nil, .some): false
            case (nil, nil): left < right
            }
        }
        return left.prerelease.count < right.prerelease.count
    }
}

/// Versions. https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library
enum VersionLibrary {
    static let functions: [Function] = [
        .global("semver", "(string) -> kubernetes.Semver", "(string, bool) -> kubernetes.Semver") {
            (_, arguments) throws(EvaluationError) in
            guard let version = try version(arguments) else { throw EvaluationError("invalid semantic version") }
            return .extended(version)
        },
        .global("isSemver", "(string) -> bool", "(string, bool) -> bool") { (_, arguments) throws(EvaluationError) in
            .bool(try version(arguments) != nil)
        },
        part("major") { $0.major },
        part("minor") { $0.minor },
        part("patch") { $0.patch },
    ]

    private static func version(_ arguments: [Value]) throws(EvaluationError) -> SemanticVersion? {
        let isLenient = arguments.count > 1 ? arguments[1].bool ?? false : false
        return SemanticVersion(try StringLibrary.text(arguments[0]), isLenient: isLenient)
    }

    private static func part(_ name: String, _ part: @escaping @Sendable (SemanticVersion) -> UInt64) -> Function {
        .method(name, "(kubernetes.Semver) -> int") { (_, arguments) throws(EvaluationError) in
            guard case .extended(let value) = arguments[0], let version = value as? SemanticVersion else {
                throw .noSuchOverload
            }
            return .int(Int64(clamping: part(version)))
        }
    }
}
