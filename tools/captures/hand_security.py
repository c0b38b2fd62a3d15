# SPDX-License-Identifier: MIT
"""Firewall and NAT events as Cisco ASA, NAT44 gateways and others send them."""

from .wire import capture, v9

ASA_TEMPLATES = '''
0000 0088            # FlowSet 0: Templates
0109 0013            #  265: flow created or torn down, user name of 20 octets
  0094 0004          #   FLOW_ID, 4 octets
  0008 0004          #   IPV4_SRC_ADDR
  0007 0002          #   L4_SRC_PORT
  000a 0002          #   INPUT_SNMP
  000c 0004          #   IPV4_DST_ADDR
  000b 0002          #   L4_DST_PORT
  000e 0002          #   OUTPUT_SNMP
  0004 0001          #   PROTOCOL
  00b0 0001          #   ICMP_IPV4_TYPE
  00b1 0001          #   ICMP_IPV4_CODE
  9c41 0004          #   NF_F_XLATE_SRC_ADDR_IPV4
  9c42 0004          #   NF_F_XLATE_DST_ADDR_IPV4
  9c45 0001          #   NF_F_FW_EVENT
  80ea 0002          #   NF_F_FW_EXT_EVENT
  0143 0008          #   OBSERVATION_TIME_MILLISECONDS
  00e7 0004          #   INITIATOR_OCTETS
  00e8 0004          #   RESPONDER_OCTETS
  80e8 000c          #   NF_F_INGRESS_ACL_ID
  9c40 0014          #   NF_F_USERNAME, 20 octets
010a 000c            #  266: denied, IPv6, user name of 65 octets
  001b 0010          #   IPV6_SRC_ADDR
  001c 0010          #   IPV6_DST_ADDR
  0007 0002          #   L4_SRC_PORT
  000b 0002          #   L4_DST_PORT
  0004 0001          #   PROTOCOL
  00b2 0001          #   ICMP_IPV6_TYPE
  00b3 0001          #   ICMP_IPV6_CODE
  00e9 0001          #   FIREWALL_EVENT
  80ea 0002          #   NF_F_FW_EXT_EVENT
  0143 0008          #   OBSERVATION_TIME_MILLISECONDS
  80e9 000c          #   NF_F_EGRESS_ACL_ID
  9c40 0041          #   NF_F_USERNAME, 65 octets
'''

ASA_DATA = '''
0109 014c            # 265: four records of 82 octets
  00002134           #  flow 8500
  192.168.14.1 0000 0003   # source, port 0, interface 3
  10.2.2.11 448d 0002      # destination, port 17549, interface 2
  01 08 00           #  ICMP, type 8, code 0
  192.168.14.1 10.2.2.11   # not translated
  01 0000            #  created
  0000018cc820d8a5   #  2024-01-02T03:04:05.029Z
  00000000 00000000  #  no octets yet
  0f8e7ff3 fc1a030f 00000000  # ingress ACL, ACE, object group
  00*20              #  no user
  00002134           #  the same flow, torn down
  192.168.14.1 0000 0003
  10.2.2.11 448d 0002
  01 08 00
  192.168.14.1 10.2.2.11
  02 07e9            #  deleted, 2025: idle timeout
  0000018cc820e075   #  2 s later
  00000038 00000038  #  56 octets each way
  0f8e7ff3 fc1a030f 00000000
  "alice" 00*15
  00002135           #  flow 8501
  192.168.14.2 c001 0003
  203.0.113.80 0050 0002   # port 80
  06 00 00           #  TCP
  203.0.113.7 203.0.113.80 # source translated
  05 0000            #  update
  0000018cc820e076
  000005dc 0003d090  #  1500 and 250000 octets
  0f8e7ff3 fc1a030f 00000000
  "a-name-of-20-octets!"   # no NUL
  00002136           #  flow 8502
  192.168.14.3 c002 0003
  203.0.113.80 0019 0002   # port 25
  06 00 00
  192.168.14.3 203.0.113.80
  03 03e9            #  denied, 1001: by the ingress ACL
  0000018cc820e077
  00000000 00000000
  0f8e7ff3 00000001 00000002
  00*20
010a 0084            # 266: one record of 127 octets
  20010db8 00*11 01  #  2001:db8::1
  20010db8 00*11 02  #  2001:db8::2
  0000 0000 3a       #  ICMPv6
  80 00              #  type 128, code 0
  03 03ea            #  denied, 1002: by the egress ACL
  0000018cc820e078
  00*12              #  no ACL
  "bob@branch.example" 00*47
  00                 #  padding
'''

NAT_TEMPLATES = '''
0000 0040            # FlowSet 0: Templates
0140 000e            #  320: NAT44 session
  0143 0008          #   OBSERVATION_TIME_MILLISECONDS
  0008 0004          #   IPV4_SRC_ADDR
  00e1 0004          #   POST_NAT_SRC_IPV4_ADDR
  000c 0004          #   IPV4_DST_ADDR
  00e2 0004          #   POST_NAT_DST_IPV4_ADDR
  0007 0002          #   L4_SRC_PORT
  00e3 0002          #   POST_NAPT_SRC_PORT
  000b 0002          #   L4_DST_PORT
  00e4 0002          #   POST_NAPT_DST_PORT
  0004 0001          #   PROTOCOL
  00e6 0001          #   NAT_EVENT
  00e5 0001          #   NAT_ORIGINATING_ADDRESS_REALM
  00ea 0004          #   INGRESS_VRFID
  00eb 0004          #   EGRESS_VRFID
'''

NAT_DATA = '''
0140 005c            # 320: two records of 43 octets
  0000018cc820d888   #  2024-01-02T03:04:05.000Z
  100.64.0.5 203.0.113.9   # source, before and after
  198.51.100.53 198.51.100.53
  d431 0400          #  port 54321 becomes 1024
  0035 0035          #  port 53
  11 04 01           #  UDP, NAT44 session create, private
  00000001 60000002  #  VRFs
  0000018cc820fb65
  100.64.0.5 203.0.113.9
  198.51.100.53 198.51.100.53
  d431 0400 0035 0035
  11 05 02           #  UDP, NAT44 session delete, public
  00000001 60000002
  0000               #  padding
'''

CAPTURES = [
    ('asa_nsel',
     'ASA NSEL: firewall events 1, 2, 3 and 5, extended events, ACL ids, ICMP types in 176-179, '
     'translated addresses, user names of 20 and 65 octets',
     capture(v9(ASA_TEMPLATES, 2), v9(ASA_DATA, 5, sequence=2))),
    ('nat_events',
     'NAT44 session events: addresses and ports before and after, realm, VRFs',
     capture(v9(NAT_TEMPLATES + NAT_DATA, 3))),
]
