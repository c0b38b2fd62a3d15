# SPDX-License-Identifier: MIT
# The codec's fuzz targets, each as a program of its own over its seeds.

foreach(name decode encode packet rewrite stream cache)
  add_executable(nf9_fuzz_${name}_alone ${CMAKE_CURRENT_LIST_DIR}/${name}.c
    ${CMAKE_CURRENT_LIST_DIR}/alone.c)
  nf9_strict_target(nf9_fuzz_${name}_alone)
  target_link_libraries(nf9_fuzz_${name}_alone PRIVATE nf9_test)
  set(seeds ${name}_seeds)
  if(name STREQUAL rewrite OR name STREQUAL packet)
    set(seeds decode_seeds)
  endif()
  nf9_python_test(fuzz.${name} fuzz/test_alone.py LABEL fuzz ENVIRONMENT
    "NF9_FUZZ=$<TARGET_FILE:nf9_fuzz_${name}_alone>" "NF9_FUZZ_SEEDS=${seeds}")
endforeach()
