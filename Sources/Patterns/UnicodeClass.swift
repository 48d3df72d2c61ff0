// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Classes of characters that patterns name.
enum UnicodeClass {
    /// `[[:alpha:]]` and its siblings, which know ASCII only.
    static let named: [String: ScalarSet] = [
        "alnum": ScalarSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A]), "alpha": ScalarSet([0x41...0x5A, 0x61...0x7A]),
        "ascii": ScalarSet([0...0x7F]), "blank": ScalarSet([0x09...0x09, 0x20...0x20]),
        "cntrl": ScalarSet([0...0x1F, 0x7F...0x7F]), "digit": .digit, "graph": ScalarSet([0x21...0x7E]),
        "lower": ScalarSet([0x61...0x7A]), "print": ScalarSet([0x20...0x7E]),
        "punct": ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
        "space": ScalarSet([0x09...0x0D, 0x20...0x20]), "upper": ScalarSet([0x41...0x5A]), "word": .word,
        "xdigit": ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66]),
    ]

    private static let known = Mutex<[String: ScalarSet]>([:])

    /// A general category of Unicode, `L` or `Lu`; absent for any other name.
    ///
    /// Scripts are not known.
    static func set(_ name: String) -> ScalarSet? {
        if let set = known.withLock({ $0[name] }) { return set }
        let members = categories.filter { $0.key.hasPrefix(name) }.map(\.value)
        guard (1...2).contains(name.utf8.count), !members.isEmpty else { return nil }
        let set = ScalarSet(ranges(of: members))
        known.withLock { $0[name] = set }
        return set
    }

    private static func ranges(of members: [Unicode.GeneralCategory]) -> [ClosedRange<UInt32>] {
        var ranges: [ClosedRange<UInt32>] = []
        for value in 0...ScalarSet.last {
            guard let scalar = Unicode.Scalar(value), members.contains(scalar.properties.generalCategory) else {
                continue
            }
            if let last = ranges.last, last.upperBound + 1 == value {
                ranges[ranges.count - 1] = last.lowerBound...value
            } else {
                ranges.append(value...value)
            }
        }
        return ranges
    }

    /// The categories by their short names.
    ///
    /// https://www.unicode.org/reports/tr44/#General_Category_Values
    private static let categories: [String: Unicode.GeneralCategory] = [
        "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter, "Lm": .modifierLetter,
        "Lo": .otherLetter, "Mn": .nonspacingMark, "Mc": .spacingMark, "Me": .enclosingMark, "Nd": .decimalNumber,
        "Nl": .letterNumber, "No": .otherNumber, "Pc": .connectorPunctuation, "Pd": .dashPunctuation,
        "Ps": .openPunctuation, "Pe": .closePunctuation, "Pi": .initialPunctuation, "Pf": .finalPunctuation,
        "Po": .otherPunctuation, "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol, "So": .otherSymbol,
        "Zs": .spaceSeparator, "Zl": .lineSeparator, "Zp": .paragraphSeparator, "Cc": .control, "Cf": .format,
        "Co": .privateUse,
    ]
}
