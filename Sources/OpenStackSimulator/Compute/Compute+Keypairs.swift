// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    private func own(_ call: Call) -> [JSON] { compute.keypairs[call.token?.user ?? ""] ?? [] }

    func keypair(_ name: String, _ call: Call) -> JSON? { own(call).first { $0.text("name") == name } }

    func listKeypairs(_ call: Call) -> Answer {
        let shown = own(call).map { keypair -> JSON in
            var short = JSONObject()
            for key in ["name", "public_key", "fingerprint", "type"] { short[key] = keypair[key] }
            return ["keypair": .object(short)]
        }
        return Answer(like: "compute.keypair.list", "keypairs", .array(shown))
    }

    mutating func createKeypair(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["keypair"] ?? .null
        let name = wish.text("name")
        let words = wish.text("public_key").split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("ssh-") || words[0].hasPrefix("ecdsa-") else {
            throw Refusal("compute.keypair.bad")
        }
        if keypair(name, call) != nil { throw Refusal("compute.keypair.conflict", name: name) }
        let user = call.token?.user ?? ""
        let fingerprint = Self.fingerprint(String(words[1]))
        compute.keypairs[user, default: []].append(
            Fixture.template("compute.keypair.get", "keypair").with([
                "name": .string(name), "public_key": wish["public_key"] ?? "", "fingerprint": .string(fingerprint),
                "user_id": .string(user), "created_at": call.now.zoneless, "type": wish["type"] ?? "ssh",
            ]))
        let shown = Fixture.template("compute.keypair.create", "keypair").with([
            "name": .string(name), "public_key": wish["public_key"] ?? "", "fingerprint": .string(fingerprint),
            "user_id": .string(user),
        ])
        return Answer(like: "compute.keypair.create", "keypair", shown)
    }

    /// Sixteen bytes that differ with the key; the real one is its MD5.
    private static func fingerprint(_ key: String) -> String {
        var sum: (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4)
        for byte in key.utf8 {
            sum.0 = (sum.0 ^ UInt64(byte)) &* 0x100_0000_01b3
            sum.1 = (sum.1 &+ UInt64(byte)) &* 0x100_0000_01b3
        }
        let bytes = [sum.0, sum.1].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(word >> $0 & 255) }
        }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }

    func showKeypair(_ call: Call) throws(Refusal) -> Answer {
        guard let keypair = keypair(call.id, call) else { throw absent(call) }
        return Answer(like: "compute.keypair.get", "keypair", keypair)
    }

    mutating func deleteKeypair(_ call: Call) throws(Refusal) -> Answer {
        guard keypair(call.id, call) != nil else { throw absent(call) }
        compute.keypairs[call.token?.user ?? ""]?.removeAll { $0.text("name") == call.id }
        return Answer(recorded: "compute.keypair.delete")
    }

    private func absent(_ call: Call) -> Refusal {
        Refusal("compute.keypair.absent", call.token?.user ?? "", name: call.id)
    }
}
