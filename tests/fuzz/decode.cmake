# SPDX-License-Identifier: MIT
# The decode side's fuzz target, as a program of its own over its seeds.

add_executable(nf9_fuzz_decode_alone ${CMAKE_CURRENT_LIST_DIR}/decode.c
  ${CMAKE_CURRENT_LIST_DIR}/alone.c)
nf9_strict_target(nf9_fuzz_decode_alone)
target_link_libraries(nf9_fuzz_decode_alone PRIVATE nf9_test)
nf9_python_test(fuzz.decode fuzz/test_decode.py LABEL fuzz
  ENVIRONMENT "NF9_FUZZ_DECODE=$<TARGET_FILE:nf9_fuzz_decode_alone>")
