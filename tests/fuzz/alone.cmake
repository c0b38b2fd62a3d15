# SPDX-License-Identifier: MIT
# The codec's fuzz targets, as programs of their own over their seeds.

foreach(name decode encode rewrite)
  add_executable(nf9_fuzz_${name}_alone ${CMAKE_CURRENT_LIST_DIR}/${name}.c
    ${CMAKE_CURRENT_LIST_DIR}/alone.c)
  nf9_strict_target(nf9_fuzz_${name}_alone)
  target_link_libraries(nf9_fuzz_${name}_alone PRIVATE nf9_test)
endforeach()
nf9_python_test(fuzz.decode fuzz/test_decode.py LABEL fuzz
  ENVIRONMENT "NF9_FUZZ_DECODE=$<TARGET_FILE:nf9_fuzz_decode_alone>"
    "NF9_FUZZ_REWRITE=$<TARGET_FILE:nf9_fuzz_rewrite_alone>")
nf9_python_test(fuzz.encode fuzz/test_encode.py LABEL fuzz
  ENVIRONMENT "NF9_FUZZ_ENCODE=$<TARGET_FILE:nf9_fuzz_encode_alone>")
