# SPDX-License-Identifier: MIT
"""The rule that makes a label of an IANA name (camelCase) or, where a type has none, of its
v9 name (UPPER_CASE).  The labels of the core types are written by hand; every other label in
fields.def must be what this rule says, so that the table stays uniform."""
import re

# How a word is written wherever it stands; all other words are lower case.
WORDS = {word.lower(): word for word in """
AS AAA ACL ASA BGP BIB BPROBE CCE CI CTS DEI DHCP DNS DPI DSCP EXID ESP ETA GTP GTPC GTPU
GTPV0 GTPV1 GTPV2 HTTP HTTPS ICMP ID IE IGMP IMAP IMEI IMSI IP IPSEC ISP JA3C JA3S JSON
LLC MAC MCC MD5 MIB MNC MOS MPLS MSISDN MSS NAPT NAS NAT NAT64 NBAR NetFlow nProbe
NIC OID OS OUI PCI PDN PEN PFR POP POP3 QoS QFI QOE RADIUS RAT RD RTCP RTP RTT RST RTG SDP
SIP SGW SMTP SNMP SQL SRH SSID SSL SSRC SYN TCP TEID TIC TLS ToS TTL UDP ULI URI URL
URG UUID VLAN VNI VPN VRF WAAS WAN WLAN WTP C3PL PKI PSAMP CPU DSL TTFB VXLAN FTP CN
IPv4 IPv6 EXPs NF FIN ACK PSH CWR ECE AVC APN MME S1U S5 S8 C2S S2C
""".split()}
WORDS.update({
    'ipv4': 'IPv4', 'ipv6': 'IPv6', 'ids': 'IDs', 'tos': 'ToS', 'dot1q': '802.1Q',
    'src': 'source', 'dst': 'destination', 'pkts': 'packets', 'pkt': 'packet', 'addr': 'address',
    'lngth': 'length', 'octet': 'octet', 'gtpv1': 'GTPv1', 'gtpv2': 'GTPv2', 'gtpv0': 'GTPv0',
    'exid16': 'ExID16', 'exid32': 'ExID32', 'exid': 'ExID', 'streamcore': 'StreamCore',
    'ekinops': 'Ekinops', 'ethernet': 'Ethernet', 'oracle': 'Oracle', 'mysql': 'MySQL',
    'whois': 'Whois', 'http2': 'HTTP/2', 'wlan': 'WLAN', 'num': 'number of', 'bprobe': 'bProbe',
    'idx': 'index', 'mcast': 'multicast', 'asn': 'ASN', 'xlate': 'translated',
    'msg': 'message', 'req': 'request', 'resp': 'response', 'proc': 'process', 'avg': 'average',
    'pctg': 'percentage', 'fw': 'firewall', 'sac': 'SAC', 's1ap': 'S1AP', 'ue': 'UE',
    'layer2': 'layer 2', 'vendor': 'vendor', 'retrans': 'retransmission',
    'ooorder': 'out of order', 'acct': 'accounting', 'auth': 'authentication',
})


def words_of(name):
    """The words of a camelCase or UPPER_CASE name."""
    if '_' in name or name.isupper():
        # NF_F_ is how the ASA marks its own fields: no words
        return [w for w in re.sub(r'^NF_F_', '', name).split('_') if w]
    name = name.replace('MCast', 'Mcast')
    name = re.sub(r'(?<=[a-z0-9])MilliSeconds', 'Milliseconds', name)
    name = re.sub(r'IPv([46])', r'_Ipv\1_', name)           # one word, wherever it stands
    name = re.sub(r'802Dot1q|[dD]ot1q', '_Dot1q_', name)
    name = re.sub(r'([a-z0-9])([A-Z])', r'\1_\2', name)     # aB -> a B
    name = re.sub(r'([A-Z]+)([A-Z][a-z])', r'\1_\2', name)  # ABc -> A Bc
    return [w for w in name.split('_') if w]


def label(name):
    words = [WORDS.get(w.lower(), w.lower()) for w in words_of(name)]
    text = ' '.join(words)
    return text if re.match(r'nProbe|bProbe', text) else text[0].upper() + text[1:]
