package git

import "testing"

// Git itself says what is signed: the object without its header gpgsig.
func TestUnseal(t *testing.T) {
	const head = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor a <a@x> 1 +0800\ncommitter a <a@x> 1 +0800\n"
	const message = "\n题目\n\ngpgsig no header\n not a continuation\n"
	for _, test := range []struct{ name, raw, payload, signature string }{
		{"none", head + message, head + message, ""},
		{"one", head + "gpgsig -----BEGIN\n \n abc\n -----END\n" + message, head + message,
			"-----BEGIN\n\nabc\n-----END\n"},
		{"a header after it", head + "gpgsig a\n b\nencoding x\n" + message, head + "encoding x\n" + message, "a\nb\n"},
		{"a merge tag stays", head + "mergetag object 1\n type\ngpgsig a\n" + message,
			head + "mergetag object 1\n type\n" + message, "a\n"},
		{"of the other format", head + "gpgsig-sha256 z\n y\ngpgsig a\n b\n" + message, head + message, "a\nb\n"},
		{"no message", head + "gpgsig a", head, "a"},
		{"nothing", "", "", ""},
	} {
		payload, signature := unseal([]byte(test.raw))
		if string(payload) != test.payload || string(signature) != test.signature {
			t.Errorf("%s: %q, %q", test.name, payload, signature)
		}
	}
}
