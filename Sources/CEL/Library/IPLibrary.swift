// SPDX-License-Identifier: Apache-2.0

/// IP addresses and ranges. https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library
enum IPLibrary {
    static let functions: [Function] = addresses + ranges

    private static let addresses: [Function] = [
        .global("ip", "(string) -> net.IP") { (_, arguments) throws(EvaluationError) in
            .extended(try address(reading: arguments[0]))
        },
        .global("isIP", "(string) -> bool") { (_, arguments) throws(EvaluationError) in
            .bool(IPAddress(try StringLibrary.text(arguments[0])) != nil)
        },
        .global("ip.isCanonical", "(string) -> bool") { (_, arguments) throws(EvaluationError) in
            .bool(try address(reading: arguments[0]).description == StringLibrary.text(arguments[0]))
        },
        .method("family", "(net.IP) -> int") { (_, arguments) throws(EvaluationError) in
            .int(try address(arguments[0]).family)
        },
        test("isUnspecified") { $0.isUnspecified },
        test("isLoopback") { $0.isLoopback },
        test("isLinkLocalMulticast") { $0.isLinkLocalMulticast },
        test("isLinkLocalUnicast") { $0.isLinkLocalUnicast },
        test("isGlobalUnicast") { $0.isGlobalUnicast },
    ]

    private static let ranges: [Function] = [
        .global("cidr", "(string) -> net.CIDR") { (_, arguments) throws(EvaluationError) in
            .extended(try range(reading: arguments[0]))
        },
        .global("isCIDR", "(string) -> bool") { (_, arguments) throws(EvaluationError) in
            .bool(AddressRange(try StringLibrary.text(arguments[0])) != nil)
        },
        .method("containsIP", "(net.CIDR, net.IP) -> bool", "(net.CIDR, string) -> bool") {
            (_, arguments) throws(EvaluationError) in
            let other = try arguments[1].string == nil ? address(arguments[1]) : address(reading: arguments[1])
            return .bool(try range(arguments[0]).contains(other))
        },
        .method("containsCIDR", "(net.CIDR, net.CIDR) -> bool", "(net.CIDR, string) -> bool") {
            (_, arguments) throws(EvaluationError) in
            let other = try arguments[1].string == nil ? range(arguments[1]) : range(reading: arguments[1])
            return .bool(try range(arguments[0]).contains(other))
        },
        .method("ip", "(net.CIDR) -> net.IP") { (_, arguments) throws(EvaluationError) in
            .extended(try range(arguments[0]).address)
        },
        .method("masked", "(net.CIDR) -> net.CIDR") { (_, arguments) throws(EvaluationError) in
            .extended(try range(arguments[0]).masked)
        },
        .method("prefixLength", "(net.CIDR) -> int") { (_, arguments) throws(EvaluationError) in
            .int(Int64(try range(arguments[0]).prefix))
        },
    ]

    private static func test(_ name: String, _ test: @escaping @Sendable (IPAddress) -> Bool) -> Function {
        .method(name, "(net.IP) -> bool") { (_, arguments) throws(EvaluationError) in
            .bool(test(try address(arguments[0])))
        }
    }

    // MARK: Arguments

    private static func address(_ value: Value) throws(EvaluationError) -> IPAddress {
        guard case .extended(let value) = value, let address = value as? IPAddress else { throw .noSuchOverload }
        return address
    }

    private static func address(reading value: Value) throws(EvaluationError) -> IPAddress {
        let text = try StringLibrary.text(value)
        guard let address = IPAddress(text) else {
            throw EvaluationError("IP Address '\(text)' parse error during conversion from string")
        }
        return address
    }

    private static func range(_ value: Value) throws(EvaluationError) -> AddressRange {
        guard case .extended(let value) = value, let range = value as? AddressRange else { throw .noSuchOverload }
        return range
    }

    private static func range(reading value: Value) throws(EvaluationError) -> AddressRange {
        let text = try StringLibrary.text(value)
        guard let range = AddressRange(text) else {
            throw EvaluationError("network address parse error during conversion from string: \(text)")
        }
        return range
    }
}
