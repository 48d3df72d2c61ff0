// SPDX-License-Identifier: Apache-2.0

/// Orders version names as discovery does: stable before beta before alpha, newer before older, other words last.
///
/// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority
struct VersionPriority: Comparable {
    /// 0 for a stable version, 1 for beta, 2 for alpha, 3 for a name of another form.
    private let stage: Int
    private let major: Int
    private let minor: Int
    private let name: String

    init(_ name: String) {
        self.name = name
        let rest = name.dropFirst()
        let major = rest.prefix { $0.isASCII && $0.isNumber }
        let word = rest.dropFirst(major.count).prefix { $0.isLetter }
        let minor = rest.dropFirst(major.count + word.count)
        let stages = ["": 0, "beta": 1, "alpha": 2]
        guard name.hasPrefix("v"), let number = Int(major), let stage = stages[String(word)],
            let second = minor.isEmpty && word.isEmpty ? 0 : Int(minor)
        else {
            (stage, self.major, self.minor) = (3, 0, 0)
            return
        }
        (self.stage, self.major, self.minor) = (stage, number, second)
    }

    static func < (left: VersionPriority, right: VersionPriority) -> Bool {
        if left.stage != right.stage { return left.stage < right.stage }
        if left.major != right.major { return left.major > right.major }
        if left.minor != right.minor { return left.minor > right.minor }
        return left.name < right.name
    }
}
